import Autodidact

/// The samples of a call, by request and member, with what the trainer says of some of them.
struct SampledGroups: Sendable {
    private let prompts: [[TokenID]]
    private(set) var groups: [[Draw]]
    /// Request and member of each sample, in order.
    private let places: [(group: Int, member: Int)]

    init(prompts: [[TokenID]], groups: [[Draw]]) {
        (self.prompts, self.groups) = (prompts, groups)
        places = groups.enumerated().flatMap { group, draws in draws.indices.map { (group, $0) } }
    }

    /// How many samples there are.
    var count: Int { places.count }

    /// All of them in order.
    var draws: [Draw] { groups.flatMap(\.self) }

    /// Some of them, to be scored.
    func sequences(_ range: Range<Int>) -> [ScoredSequence] {
        places[range].map { ScoredSequence(context: prompts[$0.group], targets: groups[$0.group][$0.member].tokens) }
    }

    /// Keeps what the trainer says of some of them.
    mutating func keep(_ logprobs: [Logprobs<FullVocabulary>], of range: Range<Int>) {
        for (place, values) in zip(places[range], logprobs) { groups[place.group][place.member].trainer = values.values }
    }
}
