import Foundation

/// The programs of the system that make a sandbox.
struct SandboxTools: Sendable {
    /// Absolute paths; `bubblewrap` is empty where it was not asked for.
    let bubblewrap: String
    let prlimit: String
    let setpriv: String
    /// Whether Autodidact runs as root.
    let isRoot: Bool
    /// The links and folders at the root that lead into `/usr`, such as `bin`.
    let systemLinks: [(target: String, name: String)]

    /// Where programs are looked for: folders that only the system's administrator fills.
    private static let folders = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/bin"]

    static func find(needsBubblewrap: Bool) throws(SandboxError) -> SandboxTools {
        let bubblewrap = tool("bwrap") ?? ""
        if needsBubblewrap && bubblewrap.isEmpty { throw .bubblewrapMissing }
        guard let prlimit = tool("prlimit") else { throw .toolMissing("prlimit", package: "util-linux") }
        guard let setpriv = tool("setpriv") else { throw .toolMissing("setpriv", package: "util-linux") }
        let links = ["bin", "sbin", "lib", "lib32", "lib64"].filter { FileManager.default.fileExists(atPath: "/usr/\($0)") }
        return SandboxTools(
            bubblewrap: bubblewrap, prlimit: prlimit, setpriv: setpriv, isRoot: geteuid() == 0,
            systemLinks: links.map { ("usr/\($0)", "/\($0)") })
    }

    /// The path of a program; nil where there is none.
    static func tool(_ name: String) -> String? {
        folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
