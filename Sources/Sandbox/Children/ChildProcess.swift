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
    private let life: Task<SandboxedProgram.Ending, any Error>

    /// What a kill reaches.
    enum Hold: Sendable {
        /// All that the child started: it is a sandbox, whose process namespace ends with it.
        case namespace
        /// All that it started: it is a keeper, which is told to end its descendants.
        case keeper
        /// Its process group, without what has left that.
        case group
    }

    /// What a part of a child's life ended with.
    private enum Part { case closed, stop, fed }

    /// What is written to a sandbox's output before anything that a model wrote may run there.
    static let ready = Array("ready".utf8)
    /// Far more than a start takes on a busy machine.
    private static let startLimit = Duration.seconds(60)

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
                await withTaskGroup(of: Part.self) { group in
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
                    switch hold {
                    case .namespace:
                        // The outermost process dies, the namespace's first one with it, and then all others of the namespace.
                        try? execution.send(signal: .kill)
                    case .keeper:
                        await execution.teardown(using: [.send(signal: .terminate, allowedDurationToNextStep: ProgramKeeper.limit)])
                    case .group: try? execution.send(signal: .kill, toProcessGroup: true)
                    }
                    group.cancelAll()
                }
            }
            switch result.terminationStatus {
            case .exited(let code): return .exited(code)
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

    /// Waits for the line that proves that the sandbox stands.
    func awaitReady() async throws(SandboxError) {
        let reading = await output.line(within: Self.startLimit)
        guard reading != .line(Self.ready) else { return }
        // Where it ended by itself, its errors are read to their end first: they say why.
        if reading != .closed { stop() }
        let result = await life.result
        var reason = errors.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if reading == .late { reason = "nothing happened for \(Self.startLimit)" }
        if reason.isEmpty { reason = "it ended at once: \(result)" }
        throw .startFailed(reason: String(reason.prefix(400)))
    }

    /// Lets the program run to its end, or to its limit.
    func result(within limit: Duration) async -> SandboxedProgram {
        let start = ContinuousClock.now
        var reading = await output.end(within: limit)
        if reading == .closed { reading = await errors.end(within: limit - (.now - start)) }
        if reading != .closed { stop() }
        let ending: SandboxedProgram.Ending
        switch (reading, await life.result) {
        case (.late, _): ending = .timedOut
        case (_, _) where reading == .flooded || output.isFlooded || errors.isFlooded: ending = .flooded
        case (_, .success(let own)): ending = own
        case (_, .failure): ending = .signalled(SIGKILL)
        }
        return SandboxedProgram(ending: ending, output: output.text, errors: errors.text)
    }

    /// Reads to the end, or to the limit, where the program is to be stopped.
    private static func follow(_ written: SubprocessOutputSequence, into buffer: OutputBuffer) async -> Part {
        defer { buffer.close() }
        do {
            for try await piece in written where !buffer.append([UInt8](Data(buffer: piece))) { return .stop }
        } catch {
            // A pipe that breaks is one that ends.
            return .closed
        }
        return .closed
    }

    /// Writes until there is no more, or nobody reads.
    private static func feed(_ writer: StandardInputWriter, from inputs: AsyncStream<[UInt8]>) async -> Part {
        do {
            for await bytes in inputs { _ = try await writer.write(bytes) }
            try await writer.finish()
        } catch {
            // Whoever no longer reads has ended, or does not want to: its output tells.
            return .fed
        }
        return .fed
    }
}
