import Synchronization
import TestSupport
import Testing

@testable import Autodidact

@Suite("Verdicts watched as they come")
struct VerdictWatchTests {
    private static let missing = Verdict.unscorable(reason: "crash")

    private func limit(_ verdicts: [Verdict] = []) throws -> UnscorableLimit {
        var limit = UnscorableLimit()
        try limit.count(verdicts.map { Self.episode($0) })
        return limit
    }

    private static func episode(_ verdict: Verdict) -> Episode {
        Episode(
            problem: Problem(task: "t", canonical: "p", prompt: "p", reference: "r", level: 1), turns: [], response: "",
            stopReason: .endOfText, verdict: verdict, origin: EpisodeOrigin(weightsHash: "", key: 1, member: 0))
    }

    @Test("how many may be missing is what the limit will allow", arguments: [1, 49, 199, 200, 249, 250, 299, 300, 1024, 2700])
    func mostMissing(count: Int) throws {
        for isFinal in [false, true] {
            guard let most = try limit().mostMissing(after: count, isFinal: isFinal) else {
                #expect(count < 200 && !isFinal)
                continue
            }
            for missing in [most, most + 1] where missing <= count {
                var limit = UnscorableLimit()
                let verdicts = (0..<count).map { Self.episode($0 < missing ? Self.missing : .correct) }
                let isOver: Bool
                do {
                    try limit.count(verdicts)
                    if isFinal { try limit.finish() }
                    isOver = false
                } catch {
                    isOver = true
                }
                #expect(isOver == (missing > most), "\(missing) of \(count)")
            }
        }
    }

    @Test("where nobody knows how many verdicts will come, the first missing one is told, and nothing ends")
    func openEnd() throws {
        let told = Recorder<String>()
        let watch = VerdictWatch(nil, within: try limit(), isFinal: false, of: LetterTask().verifier) { told.record($0) }
        for _ in 0..<300 { try watch.note(Self.missing) }
        #expect(told.values == ["crash"])
    }

    @Test("what was missing before counts, and is not told again")
    func continued() throws {
        let told = Recorder<String>()
        let before = try limit([Self.missing, Self.missing, Self.missing] + Array(repeating: .correct, count: 97))
        let watch = VerdictWatch(100, within: before, isFinal: false, of: LetterTask().verifier) { told.record($0) }
        try watch.note(.correct)
        try watch.note(Self.missing)
        for _ in 0..<2 {
            // Whoever comes later hears the same.
            #expect(throws: WorkshopError.tooManyUnscorable(unscorable: 5, verdicts: 103, reason: "crash")) {
                try watch.note(Self.missing)
            }
        }
        #expect(told.values.isEmpty)
    }

    @Test("fewer verdicts than are looked at end nothing, and the first that is missing is told once")
    func few() throws {
        let told = Recorder<String>()
        let watch = VerdictWatch(199, within: try limit(), isFinal: false, of: LetterTask().verifier) { told.record($0) }
        for _ in 0..<199 { try watch.note(Self.missing) }
        #expect(told.values == ["crash"])
    }

    @Test("a verifier that is no longer itself is the error, whatever is missing")
    func changed() throws {
        let changed = VerifierError.changed(path: "check.py", began: "a", now: "b")
        let watch = VerdictWatch(1, within: try limit(), isFinal: true, of: LetterTask(onConfirm: { changed }).verifier) { _ in
            Issue.record("told of a fault")
        }
        #expect(throws: changed) { try watch.note(Self.missing) }
    }
}
