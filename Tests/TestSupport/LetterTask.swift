package import Autodidact
package import Randomness

/// A task for doubles: digits and a capital letter are shown, the same letter in lower case is asked for ("4827C" → "c").
///
/// What is learned on some problems holds for all others, because only the last character counts.
package struct LetterTask: ProceduralFamily {
    static let capitals: [Character] = Array("ABCDEFGH")
    static let small: [Character] = Array("abcdefgh")
    static let digits: [Character] = Array("0123456789")

    private let onVerdict: @Sendable (Problem) -> Verdict?
    private let onConfirm: @Sendable () -> VerifierError?
    package let auditor: (any Verifier)?

    /// The task; `onVerdict` sees each problem whose response is judged and may answer in the verifier's place, `onConfirm` says whether
    /// the verifier is still itself.
    package init(
        auditor: (any Verifier)? = nil, onVerdict: @escaping @Sendable (Problem) -> Verdict? = { _ in nil },
        onConfirm: @escaping @Sendable () -> VerifierError? = { nil }
    ) {
        self.onVerdict = onVerdict
        self.onConfirm = onConfirm
        self.auditor = auditor
    }

    package var card: TaskCard {
        TaskCard(
            slug: "letter", summary: "write the last letter in lower case",
            levels: [TaskLevel(1, "four digits before it"), TaskLevel(2, "six digits before it")], defaultLevels: [1],
            maximumResponseTokens: 3
        )
    }

    package var verifier: any Verifier { LetterVerifier(onVerdict: onVerdict, onConfirm: onConfirm) }

    package func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        let digits = (0..<(level == 1 ? 4 : 6)).map { _ in Self.digits[generator.index(below: Self.digits.count)] }
        let letter = generator.index(below: Self.capitals.count)
        let prompt = String(digits + [Self.capitals[letter]])
        return Problem(
            task: card.slug, canonical: prompt, prompt: prompt, reference: String(Self.small[letter]), level: level
        )
    }

    package func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        String(Self.small[generator.index(below: Self.small.count)])
    }

    package func difficulty(of problem: Problem) -> Double { Double(problem.level) }

    package func oracleResponse(for problem: Problem) -> String { problem.reference }

    package func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        [("all letters", String(Self.small)), ("the prompt", problem.prompt)]
    }

    package func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        (0..<count).map { _ in
            let problem = problem(level: 1, using: &generator)
            return AuditItem(problem: problem, response: problem.reference, kind: .right)
        }
    }
}

private struct LetterVerifier: Verifier {
    let onVerdict: @Sendable (Problem) -> Verdict?
    let onConfirm: @Sendable () -> VerifierError?

    var version: String { "letter 1" }

    func verdict(on response: String, for problem: Problem) async -> Verdict {
        onVerdict(problem) ?? (response == problem.reference ? .correct : .wrong("it is not '\(problem.reference)'"))
    }

    func confirm() throws(VerifierError) {
        if let error = onConfirm() { throw error }
    }
}
