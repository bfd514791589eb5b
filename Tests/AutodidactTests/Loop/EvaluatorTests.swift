import Autodidact
import TestSupport
import Testing

@Suite("Evaluator")
struct EvaluatorTests {
    private let settings = EvaluationSettings(problems: 20, samplesPerProblem: 4, sealedProblems: 10)

    private func evaluator(
        _ task: LetterTask = LetterTask(), samplesPerProblem: Int? = nil, events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) -> Evaluator {
        var settings = settings
        if let samplesPerProblem { settings.samplesPerProblem = samplesPerProblem }
        return Evaluator(family: task, settings: settings, meter: PhaseMeter(clock: ManualClock()), events: events)
    }

    @Test("each split has its own fixed list of problems")
    func problems() throws {
        let heldOut = try evaluator().problems(.heldOut)
        let sealed = try evaluator().problems(.sealed)
        #expect(heldOut == (try evaluator().problems(.heldOut)))
        #expect(heldOut.count == 20 && heldOut.allSatisfy { $0.split == .heldOut })
        #expect(sealed.count == 10 && sealed.allSatisfy { $0.split == .sealed })
    }

    @Test("equal weights give equal results, and every response is counted")
    func repeatable() async throws {
        let events = Recorder<LoopEvent>()
        let evaluator = evaluator(events: { events.record($0) })
        let problems = try evaluator.problems(.heldOut)
        let first = try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        let second = try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        #expect(first.result == second.result)
        #expect(first.result.outcomes.map(\.problem) == problems.map(\.id))
        #expect(first.result.outcomes.allSatisfy { $0.judged == 4 && $0.greedy != nil })
        #expect(first.greedy.map(\.problem) == problems)
        #expect(first.result.tokens > 0 && first.result.meanTokens > 1)
        guard case .progress(.evaluate, 100, 100, first.result.tokens) = events.values.last else {
            Issue.record("the last event is \(String(describing: events.values.last))")
            return
        }
    }

    @Test("what could not be judged is left out of the counts, where it is little")
    func unscorable() async throws {
        let problems = try evaluator().problems(.heldOut)
        // One problem's verdicts, its greedy one included: fewer than five, so the evaluation counts.
        let lost = problems[0].id
        let evaluator = evaluator(LetterTask(onVerdict: { $0.id == lost ? .unscorable(reason: "crash") : nil }), samplesPerProblem: 3)
        let result = try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a").result
        #expect(result.unscorable == 4)
        #expect(result.outcomes[0].judged == 0 && result.outcomes[0].correct == 0 && result.outcomes[0].greedy == nil)
        #expect(result.outcomes.dropFirst().allSatisfy { $0.judged == 3 && $0.greedy != nil })
    }

    @Test("where more than 2 % could not be judged, and five or more, the evaluation ends with the cause")
    func tooManyUnscorable() async throws {
        let evaluator = evaluator(LetterTask(onVerdict: { $0.reference < "c" ? .unscorable(reason: "crash") : nil }))
        let problems = try evaluator.problems(.heldOut)
        let error = await #expect(throws: WorkshopError.self) {
            try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        }
        // Ended by the fifth of 100, whatever had been judged by then.
        guard case .tooManyUnscorable(5, 5...100, "crash") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("ends as soon as the limit cannot be kept any more, without asking for the rest, and tells of the first fault at once")
    func earlyEnd() async throws {
        let (asked, told) = (Recorder<Problem>(), Recorder<LoopEvent>())
        let task = LetterTask(onVerdict: { problem in
            asked.record(problem)
            return .unscorable(reason: "crash")
        })
        var settings = settings
        settings.problems = 100
        let evaluator = Evaluator(
            family: task, settings: settings, meter: PhaseMeter(clock: ManualClock()), events: { told.record($0) })
        let problems = try evaluator.problems(.heldOut)
        // 500 verdicts are wanted, 10 may be missing: the 11th ends it, before anything greedy is sampled.
        await #expect(throws: WorkshopError.tooManyUnscorable(unscorable: 11, verdicts: 11, reason: "crash")) {
            try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        }
        #expect((11...400).contains(asked.values.count))
        guard told.values.count == 1, case .verdictMissing(.evaluate, "crash") = told.values[0] else {
            Issue.record("\(told.values)")
            return
        }
    }

    @Test("as many as may be missing do not end it, wherever among the samples they come", arguments: [1, 200, 393])
    func mostMissing(after first: Int) async throws {
        let asked = Recorder<Problem>()
        let task = LetterTask(onVerdict: { problem in
            (first..<first + 8).contains(asked.record(problem)) ? .unscorable(reason: "crash") : nil
        })
        var settings = settings
        settings.problems = 100
        let evaluator = Evaluator(family: task, settings: settings, meter: PhaseMeter(clock: ManualClock()))
        let problems = try evaluator.problems(.heldOut)
        let result = try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a").result
        #expect(result.unscorable == 8)
    }

    @Test("where nothing could be judged the evaluation ends with the verifier's last words, however short it is")
    func nothingJudged() async throws {
        let cause = "check.py ended with code 3 before its verdict"
        let evaluator = evaluator(LetterTask(onVerdict: { _ in .unscorable(reason: cause) }))
        let problems = Array(try evaluator.problems(.heldOut).prefix(2))
        let error = await #expect(throws: WorkshopError.self) {
            try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        }
        #expect(error == .tooManyUnscorable(unscorable: 5, verdicts: 5, reason: cause))
        #expect(error.map { "\($0)".contains("5 of 5 responses (the last: \(cause))") } == true)
    }

    @Test("a verifier that is no longer itself ends the evaluation by its own error, whatever it could not judge")
    func changedVerifier() async throws {
        let changed = VerifierError.changed(path: "check.py", began: "a", now: "b")
        let evaluator = evaluator(LetterTask(onVerdict: { _ in .unscorable(reason: "changed") }, onConfirm: { changed }))
        let problems = try evaluator.problems(.heldOut)
        await #expect(throws: changed) {
            try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a")
        }
    }

    @Test("the scripted policy keeps the laws of policies")
    func policyLaws() async throws {
        #expect(try await PolicyLaws.violations(ofTrainable: ScriptedPolicy(), prompts: ["12A", "3B", "C"]) == [])
    }
}
