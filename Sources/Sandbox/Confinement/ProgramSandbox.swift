public import Autodidact
import Foundation
import Subprocess

/// Sandboxes of one kind: each call starts a fresh one, and nothing of it is left when it ends.
///
/// bubblewrap gives a program its own user, process, mount, network, host-name and message namespaces: no network, the system's `/usr`
/// read-only, nothing else of the host's files, a private `/tmp`, an empty environment and a session of its own. Limits and a
/// system-call filter stand behind it. The process namespace is killed as a whole, so nothing survives by a double fork.
///
/// Where Autodidact runs as root, programs run as nobody: Linux exempts root from the limit on processes, in every namespace.
public struct ProgramSandbox: Sendable {
    /// What surrounds each program.
    public let confinement: Confinement
    /// The host name inside, and the last argument of an interpreter: by it the processes of these sandboxes are found from outside.
    let name: String
    private let tools: SandboxTools
    private let filter: FilterFile?

    /// The one descriptor that bubblewrap gets beyond the standard three; it closes it before the program starts.
    private static let filterDescriptor = 9
    private static let nobody = "65534"

    /// A sandbox that was tried: a program in it could do nothing that it must not do.
    ///
    /// - Parameter name: The host name that programs see.
    /// - Throws: `SandboxError` with what to install or to allow.
    public static func confined(name: String = "sandbox") async throws(SandboxError) -> ProgramSandbox {
        #if os(Linux)
            let tools = try SandboxTools.find(needsBubblewrap: true)
            guard let filter = SystemCallFilter.native else {
                throw .floorMissing(reason: "no system-call filter is known for this processor")
            }
            let sandbox = ProgramSandbox(confinement: .sandbox, name: name, tools: tools, filter: try FilterFile(filter))
            try await sandbox.probe()
            return sandbox
        #else
            throw .unsupportedSystem
        #endif
    }

    /// No sandbox: limits on processor time, memory, files and output, the clock, and for root the uid; whoever chooses this records it.
    ///
    /// What a program leaves running ends with it (`ProgramKeeper`), unless it kills its keepers, or has a service of the machine start it.
    /// - Throws: `SandboxError` where a tool is missing.
    public static func unconfined(name: String = "sandbox") throws(SandboxError) -> ProgramSandbox {
        guard FileManager.default.isExecutableFile(atPath: PythonRunner.interpreter) else {
            throw .toolMissing(PythonRunner.interpreter, package: "python3")
        }
        return ProgramSandbox(confinement: .none, name: name, tools: try SandboxTools.find(needsBubblewrap: false), filter: nil)
    }

    /// Runs one program to its end and gives back what it left.
    ///
    /// - Parameters:
    ///   - command: The program's path inside the sandbox, and its arguments; an interpreter such as `/usr/bin/python3`.
    ///   - input: What the program reads.
    /// - Throws: `SandboxError` where no sandbox could be started; whatever the program does is a result.
    public func run(
        _ command: [String], input: [UInt8] = [], limits: SandboxLimits = SandboxLimits()
    ) async throws(SandboxError) -> SandboxedProgram {
        // What is written before the program begins proves that the sandbox stands.
        let process = start(["/bin/sh", "-c", "echo ready; exec \"$@\"", "sh"] + command, limits: limits)
        try await process.awaitReady()
        process.send(input)
        process.finishInput()
        return await process.result(within: limits.wallClock)
    }

    /// Starts a command, which may wait for its program as long as it likes: the clock begins with `result(within:)`.
    func start(_ command: [String], limits: SandboxLimits) -> ChildProcess {
        let limited = [tools.prlimit] + limits.words(confinement) + ["--"] + command
        // Linux forgets at a change of user that a program is to die with its parent, so that is asked for again.
        let other = ["--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups", "--pdeathsig=KILL", "--"]
        let asNobody = tools.isRoot ? [tools.setpriv] + other : []
        let (output, errors) = (OutputBuffer(limit: limits.output), OutputBuffer(limit: limits.output))
        guard confinement == .sandbox else {
            return ChildProcess(ProgramKeeper.command(asNobody + limited), hold: .keeper, output: output, errors: errors)
        }
        // A shell opens the filter, because only the standard descriptors are handed down.
        let opening = ["/bin/sh", "-c", "exec \(Self.filterDescriptor)<\"$0\"; exec \"$@\"", filter?.path ?? "/dev/null"]
        let bubblewrap = [tools.bubblewrap] + walls(limits) + ["--"]
        return ChildProcess(opening + asNobody + bubblewrap + limited, hold: .namespace, output: output, errors: errors)
    }

    private func walls(_ limits: SandboxLimits) -> [String] {
        let namespaces = [
            "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
            "--unshare-cgroup-try", "--cap-drop", "ALL", "--hostname", name,
        ]
        let files =
            ["--ro-bind", "/usr", "/usr", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
            + tools.systemLinks.flatMap { ["--symlink", $0.target, $0.name] }
            + ["--proc", "/proc", "--dev", "/dev", "--size", "\(limits.temporaryFiles)", "--tmpfs", "/tmp"]
            // bubblewrap's own file systems have no size limit: nothing may be written to them.
            + ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
        let life = ["--clearenv", "--new-session", "--die-with-parent", "--seccomp", "\(Self.filterDescriptor)"]
        return namespaces + files + life
    }

    /// Tries once what must not be possible, so that a kernel that grants it is found out before any program runs.
    private func probe() async throws(SandboxError) {
        var limits = SandboxLimits()
        limits.processes = 4
        limits.output = 4096
        let result: SandboxedProgram
        do {
            result = try await run(["/bin/sh", "-c", Self.probe], limits: limits)
        } catch {
            guard case .startFailed(let reason) = error else { throw error }
            throw .floorMissing(reason: reason)
        }
        guard result.ending == .exited(0), result.output == "held\n" else {
            throw .floorMissing(
                reason: "the sandbox does not hold: \(result.ending), \(result.output.prefix(200)) \(result.errors.prefix(200))")
        }
    }

    private static let probe = """
        [ "$(id -u)" != 0 ] || { echo "the program would be root"; exit 1; }
        [ -e /home ] && { echo "files of the host are there"; exit 1; }
        (: > /escape) 2>/dev/null && { echo "/ can be written"; exit 1; }
        (: > /usr/escape) 2>/dev/null && { echo "/usr can be written"; exit 1; }
        grep -q eth /proc/net/dev && { echo "there is a network"; exit 1; }
        grep -q 'Seccomp:.*2' /proc/self/status || { echo "there is no system-call filter"; exit 1; }
        (sleep 1 & sleep 1 & sleep 1 & wait) 2>/dev/null && { echo "the limit on processes does not hold"; exit 1; }
        echo held
        """
}
