/// Something that has to come out of a study, in words and as code.
public struct StudyCriterion: Sendable {
    /// How much a criterion counts.
    public enum Weight: String, Sendable, Hashable, Codable {
        /// The claim itself: the study reproduces partly where only some of these hold. Counts as required, too.
        case core
        /// Has to hold for the study to reproduce.
        case required
        /// Said in the record, without a vote.
        case reported
    }

    /// Its name, unique in the study.
    public let name: String
    /// What has to hold: a clause that can follow "if".
    public let text: String
    /// How much it counts.
    public let weight: Weight
    private let judge: @Sendable (StudyResults) throws(StudyError) -> (holds: Bool, figures: [StudyFigure])

    /// A criterion with a judgement of its own; the plain comparisons of arms have constructors ready-made.
    public init(
        _ name: String, _ text: String, weight: Weight,
        judge: @escaping @Sendable (StudyResults) throws(StudyError) -> (holds: Bool, figures: [StudyFigure])
    ) {
        self.name = name
        self.text = text
        self.weight = weight
        self.judge = judge
    }

    /// What came out.
    ///
    /// - Throws: `StudyError` where it reads what was not measured.
    public func check(_ results: StudyResults) throws(StudyError) -> StudyCheck {
        let (holds, figures) = try judge(results)
        return StudyCheck(name: name, text: text, weight: weight, holds: holds, figures: figures)
    }
}

extension [StudyCriterion] {
    /// The whole criterion in words: what each verdict takes.
    public var text: String {
        let counted = filter { $0.weight != .reported }
        let core = counted.filter { $0.weight == .core }.map { "'\($0.name)'" }
        let list = counted.enumerated().map { "(\($0 + 1)) \($1.name): \($1.text)" }.joined(separator: "; ")
        let said = filter { $0.weight == .reported }.map { "\($0.name): \($0.text)" }.joined(separator: "; ")
        return "Reproduced if all of these hold: \(list). Partly if not all of them, but at least one of \(core.joined(separator: ", "))."
            + " Otherwise not reproduced." + (said.isEmpty ? "" : " Reported without a vote: \(said).")
    }
}
