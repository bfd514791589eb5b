import Autodidact
import Foundation

/// One program before its tests, handed over already: moves calls and results between the two sandboxes until the tests have their verdict.
struct Trial {
    let program: ChildProcess
    let checker: ChildProcess
    let limits: SandboxLimits

    /// Bytes of one result: enough for what tests compare, too little to keep the checker busy.
    static let resultLimit = 256 << 10
    /// Calls in one trial.
    static let callLimit = 10_000
    static let stopped = "the run was stopped"
    static let lost = "what held the program was ended from outside"
    /// What the tests themselves may take, beside what the program does.
    static let checkerLimit = Duration.seconds(20)

    /// Why a program is wrong without a look at what it returned.
    private struct Fault: Error {
        let feedback: String
        /// Whether the tests did not survive what the program returned.
        var isOfTests = false
    }

    /// Why nothing is known of the program.
    private struct Failure: Error {
        let reason: String
    }

    /// The verdict, and whether the checker finished its order and can take another.
    func verdict(under tests: ProgramTests) async -> (Verdict, isIntact: Bool) {
        var remaining = limits.wallClock
        do {
            let loading = try await reply(to: 0, remaining: &remaining)
            guard loading.starts(with: Array("R ".utf8)) else {
                let name = String(decoding: loading.dropFirst(2), as: UTF8.self)
                let feedback = name == "AttributeError" ? "the program has no function \(tests.entryPoint)" : "the program raises \(name)"
                return (.wrong(String(feedback.prefix(150))), true)
            }
            checker.send(try Self.line(tests))
            for number in 1... {
                let message = try await checkerMessage(after: number - 1)
                switch message.first {
                case UInt8(ascii: "C"):
                    guard number <= Self.callLimit else {
                        return (.wrong("what the program returns makes its tests call it more than \(Self.callLimit) times"), false)
                    }
                    program.send(Array("\(number)".utf8) + message.dropFirst() + [UInt8(ascii: "\n")])
                    do {
                        checker.send(try await reply(to: number, remaining: &remaining) + [UInt8(ascii: "\n")])
                    } catch let fault as Fault {
                        return (.wrong(fault.feedback), await dismissChecker())
                    }
                case UInt8(ascii: "V"):
                    let ruling = try JSONDecoder().decode(Ruling.self, from: Data(message.dropFirst(2)))
                    let isDone = try await checkerMessage(after: 0) == [UInt8(ascii: "D")]
                    let verdict = try verdict(ruling)
                    if verdict == .correct, try await !leaves() { return (.wrong("the program ended before its tests did"), isDone) }
                    return (verdict, isDone)
                default: throw Failure(reason: "the tests ended without a verdict")
                }
            }
            throw Failure(reason: "the tests did not end")
        } catch let fault as Fault {
            // Either the checker has not been asked yet, or it is of no more use.
            return (.wrong(fault.feedback), !fault.isOfTests)
        } catch let failure as Failure {
            return (.unscorable(reason: failure.reason), false)
        } catch {
            return (.unscorable(reason: "the checker and Autodidact do not understand each other: \(error)"), false)
        }
    }

    /// Whether the process that was loaded with the program is still there at the end, which it shows by ending as it is told.
    ///
    /// One that ends at once and leaves a child to answer is ended by its sandbox, sooner or later: this makes it always too soon.
    private func leaves() async throws -> Bool {
        let code = Int32.random(in: 1...99)  // below those that stand for signals; no verdict of an honest program depends on it
        program.send(Array("leave \(code)\n".utf8))
        let ending = await program.result(within: limits.wallClock).ending
        if Task.isCancelled { throw Failure(reason: Self.stopped) }
        if ending == .lost { throw Failure(reason: Self.lost) }
        return ending == .exited(code)
    }

    private func verdict(_ ruling: Ruling) throws -> Verdict {
        switch ruling.kind {
        case "correct": .correct
        case "wrong": .wrong(String(ruling.reason.prefix(150)))
        default: throw Failure(reason: ruling.reason)
        }
    }

    /// What the program answers to a call, without the call's number; `remaining` is what its clock has left.
    private func reply(to number: Int, remaining: inout Duration) async throws -> [UInt8] {
        let start = ContinuousClock.now
        let reading = await program.output.line(within: remaining)
        remaining -= .now - start
        let place = number == 0 ? "while it is loaded" : "in call \(number)"
        switch reading {
        case .late where Task.isCancelled: throw Failure(reason: Self.stopped)
        case .late: throw Fault(feedback: "the program takes longer than \(limits.wallClock) \(place)")
        case .closed where await program.isLost: throw Failure(reason: Self.lost)
        case .closed: throw Fault(feedback: "the program ends \(place)")
        case .flooded: throw Fault(feedback: "the program writes more than \(limits.output) bytes")
        case .line(let line):
            let prefix = Array("\(number) ".utf8)
            let reply = line.dropFirst(prefix.count)
            guard line.starts(with: prefix), reply.count >= 2,
                reply.starts(with: [UInt8(ascii: "R"), 0x20]) || reply.starts(with: [UInt8(ascii: "E"), 0x20])
            else { throw Fault(feedback: "the program writes where only its results belong, \(place)") }
            guard reply.count <= Self.resultLimit else {
                throw Fault(feedback: "the result is longer than \(Self.resultLimit) bytes \(place)")
            }
            return Array(reply)
        }
    }

    /// Ends the tests of a program that is gone; whether the checker can take another order.
    private func dismissChecker() async -> Bool {
        checker.send(Array("E SystemExit\n".utf8))
        guard case .line(let ruling) = await checker.output.line(within: Self.checkerLimit), ruling.first == UInt8(ascii: "V") else {
            return false
        }
        return await checker.output.line(within: Self.checkerLimit) == .line([UInt8(ascii: "D")])
    }

    /// What the tests say next; `calls` is how many results of the program they have had.
    ///
    /// Tests that were well until the program returned something are stopped by that: it chose a value which they cannot get done with.
    private func checkerMessage(after calls: Int) async throws -> [UInt8] {
        func stop(_ why: String) -> any Error {
            calls > 0 && !Task.isCancelled ? Fault(feedback: why + " on what the program returned", isOfTests: true) : Failure(reason: why)
        }
        switch await checker.output.line(within: Self.checkerLimit) {
        case .line(let line): return line
        case .late where Task.isCancelled: throw Failure(reason: Self.stopped)
        case .late: throw stop("the tests take longer than \(Self.checkerLimit)")
        case .closed where await checker.isLost: throw Failure(reason: Self.lost)
        case .closed: throw stop("the checker ended: \(checker.errors.text.suffix(200))")
        case .flooded: throw stop("the tests write more than a checker may")
        }
    }
}
