import Autodidact
import Testing

@Suite("Advantages")
struct AdvantageTests {
    static let groups: [[Double?]] = [[0, 1, 1, 0], [0, 0, 0, 1], [0.25, nil, 1, 0.5], [nil, nil, 1, 0], [-3, 2.5, 7, nil]]
    static let constant: [[Double?]] = [[], [nil], [nil, nil], [0.3], [1, nil], [0.1, 0.1, 0.1], [0.7, nil, 0.7, 0.7, 0.7, 0.7, 0.7]]

    static let rules: [(name: String, rule: @Sendable ([Double?]) -> [Double])] = [
        ("group normalised", { groupNormalized($0) }), ("centred", { centered($0) }), ("leave one out", { leaveOneOut($0) }),
    ]

    @Test("sum to 0, skip the unscorable and keep the order of the rewards", arguments: 0..<3, groups)
    func laws(rule: Int, reward_G: [Double?]) {
        let advantage_G = Self.rules[rule].rule(reward_G)
        #expect(advantage_G.count == reward_G.count)
        #expect(abs(advantage_G.reduce(0, +)) < 1e-12)
        for (i, a) in reward_G.enumerated() {
            if a == nil { #expect(advantage_G[i] == 0) }
            for (j, b) in reward_G.enumerated() {
                guard let a, let b else { continue }
                #expect((a < b) == (advantage_G[i] < advantage_G[j]))
            }
        }
        let known = reward_G.enumerated().filter { $0.element != nil }
        let alone = Self.rules[rule].rule(known.map(\.element))
        #expect(known.map { advantage_G[$0.offset] } == alone)
    }

    @Test("exactly 0 where nothing is to be learned", arguments: 0..<3, constant)
    func nothingToLearn(rule: Int, reward_G: [Double?]) {
        #expect(Self.rules[rule].rule(reward_G) == reward_G.map { _ in 0 })
    }

    @Test("values by hand")
    func byHand() {
        #expect(centered([1, 0, 0, 0]) == [0.75, -0.25, -0.25, -0.25])
        for (found, expected) in zip(leaveOneOut([1, 0, nil, 0.5]), [0.75, -0.75, 0, 0]) { #expect(abs(found - expected) < 1e-12) }
        // Standard deviation with n − 1 of 1, 0: √½.
        #expect(abs(groupNormalized([1, 0])[0] - 0.5 / (0.5.squareRoot() + 1e-4)) < 1e-12)
    }
}
