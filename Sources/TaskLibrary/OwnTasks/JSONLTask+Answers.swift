import Autodidact

extension JSONLTask {
    /// The lines whose answers rule `math` cannot read, so that it only compares them as text; none for other verifiers.
    public var answersComparedAsText: [Int] {
        guard judge.name == .rule(.math) else { return [] }
        return problems.filter { MathAnswer(reference: $0.problem.reference)?.isReadable != true }.map(\.line)
    }
}
