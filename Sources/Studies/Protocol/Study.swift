/// A published system against its baselines in miniature.
///
/// What is said before the run stands in `card` and `criteria`; what is done, in the arms. The runner adds seeds, cells that survive
/// a crash, the comparison of token budgets, and the record.
public protocol Study: Sendable {
    /// What is studied and measured.
    var card: StudyCard { get }

    /// The arms, in the order in which they are shown.
    ///
    /// - Throws: `SettingsError` where an arm's settings do not fit.
    func arms(_ scale: StudyScale) throws -> [StudyArm]

    /// What has to come out, as code and words in one: the verdict follows from nothing else.
    var criteria: [StudyCriterion] { get }
}

/// What a catalogue says of a study.
public struct StudyCard: Sendable, Hashable, Codable {
    /// The name on the command line: the slug of the recipe that is studied.
    public let slug: String
    /// The system's usual name.
    public let title: String
    /// The paper's arXiv id.
    public let arxiv: String
    /// What the paper claims, in one sentence.
    public let claim: String
    /// The figure by which the arms are shown.
    public let quantity: StudyQuantity
    /// The courses over the generations that are drawn; those that no arm measured are left out.
    public let curves: [StudyQuantity]
    /// What was tried, what was learned, what differs from the paper's experiment: a sentence each.
    public let notes: [String]
    /// How many seeds its verdict rests on unless told otherwise: about as many as fit into twenty minutes of two idle cores.
    public let seeds: Int
    /// Raised when a study is run anew after results were seen: what each seed draws, held-out and sealed problems are others then.
    public let draw: Int

    /// A card; the course of the quantity itself is drawn unless told otherwise.
    public init(
        slug: String, title: String, arxiv: String, claim: String, quantity: StudyQuantity, curves: [StudyQuantity]? = nil,
        notes: [String] = [], seeds: Int = StudyScale.full.fewestSeeds, draw: Int = 0
    ) {
        self.slug = slug
        self.title = title
        self.arxiv = arxiv
        self.claim = claim
        self.quantity = quantity
        self.curves = curves ?? [quantity]
        self.notes = notes
        self.seeds = seeds
        self.draw = draw
    }
}

/// The figure that the arms of a study are compared by.
public struct StudyQuantity: Sendable, Hashable, Codable {
    /// How its numbers are written.
    public enum Unit: String, Sendable, Hashable, Codable {
        /// 0…1, written in percent; differences in points.
        case share
        /// Any number, as it is.
        case number
    }

    /// The name of the measurement.
    public let measurement: String
    /// What it is, in a few words: the title of its axis.
    public let title: String
    /// How it is written.
    public let unit: Unit

    /// A quantity.
    public init(_ measurement: String, title: String, unit: Unit = .share) {
        self.measurement = measurement
        self.title = title
        self.unit = unit
    }
}
