/// Effects on the bench as shares of that of one short sequence, and which way of dividing explains them.
struct ProbeReadings: Sendable, Hashable {
    /// One sequence four times as long.
    var long: Double
    /// A second sequence of many positions in the same request.
    var beside: Double
    /// That second sequence in a request of its own.
    var apart: Double
    /// A second token with a trace of an advantage.
    var traced: Double
    /// Half the advantage.
    var half: Double

    /// Positions of the long sequence, and of the second one.
    static let long = 12
    static let second = 27

    /// What a way of dividing predicts.
    init(_ divisor: LossDivisor) {
        func share(_ positions: Int, request: [Int], step: [Int]) -> Double {
            let short = ProbeBench.short
            let alone = LossDivisor.Extent.of([short])
            return divisor.value(positions: short, request: alone, step: alone)
                / divisor.value(positions: positions, request: .of(request), step: .of(step))
        }
        let (short, second) = (ProbeBench.short, Self.second)
        self.init(
            long: share(Self.long, request: [Self.long], step: [Self.long]),
            beside: share(short, request: [short, second], step: [short, second]),
            apart: share(short, request: [short], step: [short, second]), traced: 1, half: 0.5)
    }

    init(long: Double, beside: Double, apart: Double, traced: Double, half: Double) {
        (self.long, self.beside, self.apart, self.traced, self.half) = (long, beside, apart, traced, half)
    }

    /// The way of dividing that explains them; nil where none or several do.
    var divisor: LossDivisor? {
        let fitting = LossDivisor.known.filter { isClose(to: ProbeReadings($0)) }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// Predictions differ by a factor of two or more; measurements in coarse formats err by less than a quarter.
    private func isClose(to other: ProbeReadings) -> Bool {
        [\ProbeReadings.long, \.beside, \.apart, \.traced, \.half].allSatisfy { path in
            let (measured, predicted) = (self[keyPath: path], other[keyPath: path])
            return measured > predicted * 0.75 && measured < predicted * 1.3
        }
    }
}

extension ProbeReadings: CustomStringConvertible {
    /// For people.
    var description: String {
        "\(Self.long) positions instead of \(ProbeBench.short): ×\(long.inWords); beside another sequence: ×\(beside.inWords); "
            + "with another in its own request: ×\(apart.inWords); with a trace of a second advantage: ×\(traced.inWords); "
            + "half the advantage: ×\(half.inWords)"
    }
}
