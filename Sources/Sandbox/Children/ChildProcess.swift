import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A child of Autodidact, from its start to its end; killed with all that it started when this value is stopped.
///
/// How far that reaches is known from what was started (`Hold`).
final class ChildProcess: Sendable {
    /// What it writes to its output.
    let output: OutputBuffer
    /// What it writes to its errors.
    let errors: OutputBuffer
    private let inputs: AsyncStream<[UInt8]>.Continuation
    private let stops: AsyncStream<Void>.Continuation
    let life: Task<SandboxedProgram.Ending, any Error>

    /// What a kill reaches.
    enum Hold: Sendable {
        /// All that the child started: it is a sandbox, whose process namespace ends with it.
        case namespace
        /// All that it started: it is a keeper, which is told to end its descendants.
        case keeper
        /// Its process group, without what has left that.
        case group
    }

    /// What is written to a sandbox's output before anything that a model wrote may run there.
    static let ready = Array("ready".utf8)

    /// Starts a command with nothing inherited but what is named: no descriptors but the standard ones, a session of its own.
    ///
    /// - Parameters:
    ///   - folder: Where it starts; where Autodidact was started if nil.
    ///   - hold: What it is, and so what a kill of it reaches.
    init(
        _ command: [String], environment: [String: String] = [:], folder: String? = "/", hold: Hold, output: OutputBuffer,
        errors: OutputBuffer
    ) {
        let (inputStream, inputs) = AsyncStream.makeStream(of: [UInt8].self)
        let (stopStream, stops) = AsyncStream.makeStream(of: Void.self)
        (self.output, self.errors, self.inputs, self.stops) = (output, errors, inputs, stops)
        BrokenPipes.ignore
        life = Task.detached {
            defer {
                output.close()
                errors.close()
            }
            let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
            var options = PlatformOptions()
            options.createSession = true
            let result = try await Subprocess.run(
                .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                workingDirectory: folder.map { FilePath($0) }, platformOptions: options, input: .inputWriter, output: .sequence,
                error: .sequence
            ) { execution in
                let (written, complaints, writer) = (execution.standardOutput, execution.standardError, execution.standardInputWriter)
                return await withTaskGroup(of: Part.self) { group in
                    group.addTask { await Self.follow(written, into: output) }
                    group.addTask { await Self.follow(complaints, into: errors) }
                    group.addTask { await Self.feed(writer, from: inputStream) }
                    group.addTask {
                        for await _ in stopStream { break }
                        return .stop
                    }
                    var closed = 0
                    for await part in group {
                        if part == .closed { closed += 1 }
                        if part == .stop || closed == 2 { break }
                    }
                    let start = ContinuousClock.now
                    switch hold {
                    case .namespace:
                        // The outermost process dies, the namespace's first one with it, and then all others of the namespace.
                        try? execution.send(signal: .kill)
                    case .keeper:
                        await execution.teardown(using: [.send(signal: .terminate, allowedDurationToNextStep: ProgramKeeper.limit)])
                    case .group: try? execution.send(signal: .kill, toProcessGroup: true)
                    }
                    group.cancelAll()
                    return .now - start >= ProgramKeeper.limit
                }
            }
            let isOverrun = result.closureResult
            switch result.terminationStatus {
            case .exited(let code): return .exited(code)
            // A keeper ends by a signal where somebody killed it; we do, where the program left more than it could end in its time.
            case .signaled where hold == .keeper && !isOverrun: return .lost
            case .signaled(let signal): return .signalled(signal)
            }
        }
    }

    /// Hands over bytes to read; order is kept.
    func send(_ bytes: [UInt8]) { inputs.yield(bytes) }

    /// Ends what there is to read.
    func finishInput() { inputs.finish() }

    /// Kills the process with all that it started; done at once, waited for by `end()`.
    func stop() {
        inputs.finish()
        stops.yield()
        stops.finish()
    }

    /// Kills it and waits until it is gone; how it ended, where it could be started.
    @discardableResult
    func end() async -> Result<SandboxedProgram.Ending, any Error> {
        stop()
        return await life.result
    }
}
