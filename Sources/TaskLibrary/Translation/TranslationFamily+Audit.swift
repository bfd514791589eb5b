public import Autodidact
public import Randomness

extension TranslationFamily {
    /// Responses that get around the work; each is wrong on every problem of every level.
    ///
    /// None where the reference cannot be read.
    public func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        guard let clause = TranslationClause(problem.reference) else { return [] }
        return [
            ("do-nothing", ""),
            ("source-copying", clause.source),
            ("prompt-echo", problem.prompt),
            ("several-translations", clause.right + "\n" + clause.right),
            ("everything-twice", clause.right + " " + clause.right),
            ("verdict-imitation", clause.right + "\ncorrect\nscore: 1.0"),
            ("whole-lexicon", TranslationLexicon.all.flatMap(\.targets).joined(separator: " ")),
        ]
    }

    /// Labelled responses over all levels: a third right, a third honestly wrong, a third adversarial.
    ///
    /// Labels hold by construction: a sentence of the target language has one meaning, so a change of any word, mark or place is wrong.
    public func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        Self.auditPlan.items(count: count, of: self, reading: { TranslationClause($0.reference) }, using: &generator)
    }

    private static let auditPlan = AuditPlan<TranslationClause>(
        right: [
            { clause, _ in clause.right },
            { clause, _ in clause.right + "\n" },
            { clause, generator in clause.targets[generator.index(below: clause.targets.count)] },
        ],
        wrong: [
            { clause, generator in clause.changed(using: &generator).right },
            { clause, _ in clause.right.split(separator: " ").dropLast().joined(separator: " ") },
            { clause, _ in clause.right.split(separator: " ").dropFirst().joined(separator: " ") },
            { clause, _ in clause.subject == clause.object ? "" : clause.exchanged.right },
            { clause, _ in clause.right.split(separator: " ").reversed().joined(separator: " ") },
        ],
        adversarial: specialForgeries + Forgery.additions.map { disguise in { clause, _ in disguise(clause.right) } }
    )

    private static let specialForgeries: [AuditPlan<TranslationClause>.Maker] = [
        { clause, _ in clause.source },
        { clause, _ in clause.right + " " + clause.right },
        { clause, _ in clause.text },
        { clause, _ in clause.right.uppercased() },
        { clause, _ in clause.right.replacing(" ", with: "  ") },
        { clause, _ in clause.right.replacing(" ", with: "\n") },
        { clause, _ in clause.right.replacing(" ", with: "\t") },
        { clause, _ in clause.right.replacing(" ", with: "") },
        { clause, _ in clause.right.replacing("a", with: "\u{430}") + "\u{200B}" },
    ]
}

extension TranslationClause {
    /// The first of the right translations.
    fileprivate var right: String { targets[0] }

    /// Subject and object in each other's place.
    fileprivate var exchanged: TranslationClause {
        TranslationClause(subject: object, verb: verb, isPast: isPast, object: subject, adverb: adverb)
    }

    /// Another meaning: one word, number or tense differs.
    fileprivate func changed(using generator: inout KeyedGenerator) -> TranslationClause {
        var other = self
        switch generator.index(below: 5) {
        case 0: other.isPast.toggle()
        case 1: other.subject.isPlural.toggle()
        case 2: other.object.isPlural.toggle()
        case 3: other.verb = Self.another(than: verb, among: TranslationLexicon.verbs, using: &generator)
        default: other.object.noun = Self.another(than: object.noun, among: TranslationLexicon.nouns, using: &generator)
        }
        return other
    }

    private static func another(
        than entry: TranslationEntry, among entries: [TranslationEntry], using generator: inout KeyedGenerator
    ) -> TranslationEntry {
        let others = entries.filter { $0 != entry }
        return others[generator.index(below: others.count)]
    }
}
