/// Why programs cannot be run.
public enum SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// bubblewrap is not on this machine.
    case bubblewrapMissing
    /// bubblewrap is there and cannot make a sandbox, or one that does not hold; in its own words.
    case floorMissing(reason: String)
    /// A program that is needed beside it is not there.
    case toolMissing(String, package: String)
    /// This system has no namespaces.
    case unsupportedSystem
    /// A sandbox was made before and now cannot be.
    case startFailed(reason: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .bubblewrapMissing:
            "programs that a model wrote run under bubblewrap, which is not installed: run 'apt-get install bubblewrap', "
                + "or accept the risk with --unsafe-exec"
        case .floorMissing(let reason):
            "bubblewrap cannot set up a sandbox here (\(reason)): allow unprivileged user namespaces and install bubblewrap 0.8 or "
                + "newer with 'apt-get install bubblewrap', or accept the risk with --unsafe-exec"
        case .toolMissing(let tool, let package):
            "'\(tool)', which running programs needs, is not installed: run 'apt-get install \(package)'"
        case .unsupportedSystem:
            "programs that a model wrote can be confined on Linux only: run there, or accept the risk with --unsafe-exec"
        case .startFailed(let reason):
            "no sandbox could be started (\(reason)): look at 'autodidact doctor', and at memory and processes of this machine"
        }
    }
}
