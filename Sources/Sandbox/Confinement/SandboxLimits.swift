import Autodidact

/// What a program may use before it is stopped.
///
/// Together they bound it: at most `processes` × `memory` of memory, `temporaryFiles` of files, `wallClock` of time on all cores.
public struct SandboxLimits: Sendable, Hashable, Codable {
    /// Time on the clock, from the moment the program is handed over; enforced from outside.
    public var wallClock: Duration
    /// Processor time of one process, in whole seconds; rounded up.
    public var processorTime: Duration
    /// Address space of one process, in bytes.
    public var memory: Int
    /// Processes and threads at once, with the two that the sandbox itself needs; at least 3.
    public var processes: Int
    /// Bytes of one file.
    public var fileSize: Int
    /// Bytes of all files together, in a file system of memory that vanishes with the program; at least 4,096.
    public var temporaryFiles: Int
    /// Open files of one process.
    public var openFiles: Int
    /// Bytes that the program may write to its output, and again to its errors; beyond them it is stopped.
    public var output: Int

    /// Limits for short programs, each of them below what would be felt by the machine.
    public init(
        wallClock: Duration = .seconds(10), processorTime: Duration = .seconds(5), memory: Int = 256 << 20, processes: Int = 8,
        fileSize: Int = 8 << 20, temporaryFiles: Int = 16 << 20, openFiles: Int = 64, output: Int = 1 << 20
    ) {
        self.wallClock = wallClock
        self.processorTime = processorTime
        self.memory = memory
        self.processes = processes
        self.fileSize = fileSize
        self.temporaryFiles = temporaryFiles
        self.openFiles = openFiles
        self.output = output
    }

    /// The words for prlimit(1), which sets them on itself and becomes the program.
    ///
    /// Processes are counted in the program's own user namespace; outside of one, all of the user's would be counted, so there they are
    /// not limited. A core limit of 1 byte, not 0: Linux does not hold 0 against a handler that core dumps are piped to.
    func words(_ confinement: Confinement) -> [String] {
        [
            "--as=\(memory)", "--cpu=\(seconds)", "--fsize=\(fileSize)", "--nofile=\(openFiles)", "--core=1", "--memlock=0",
            "--msgqueue=0", "--sigpending=256",
        ] + (confinement == .sandbox ? ["--nproc=\(processes)"] : [])
    }

    /// Whole seconds of processor time, at least 1.
    private var seconds: Int64 {
        max(1, processorTime.components.seconds + (processorTime.components.attoseconds > 0 ? 1 : 0))
    }
}
