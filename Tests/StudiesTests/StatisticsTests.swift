import Autodidact
import Studies
import Testing

@Suite("Statistics over seeds")
struct StatisticsTests {
    /// Two-sided bounds at 95 and 99 % as printed in tables of Student's distribution.
    @Test(
        "Student's bounds are those of the tables",
        arguments: [
            (1, 12.7062, 63.6567), (2, 4.3027, 9.9248), (3, 3.1824, 5.8409), (4, 2.7764, 4.6041), (5, 2.5706, 4.0321),
            (9, 2.2622, 3.2498), (30, 2.0423, 2.75), (1000, 1.9623, 2.5808),
        ])
    func bounds(degrees: Int, at95: Double, at99: Double) {
        #expect(abs(StudentT.bound(within: 0.95, degrees: degrees) - at95) < 1e-4)
        #expect(abs(StudentT.bound(within: 0.99, degrees: degrees) - at99) < 1e-4)
    }

    @Test("a bound holds its probability", arguments: [1, 2, 3, 4, 7, 10, 101])
    func inverse(degrees: Int) {
        for probability in [0, 0.1, 0.5, 0.9, 0.999] {
            let bound = StudentT.bound(within: probability, degrees: degrees)
            #expect(abs(StudentT.probability(within: bound, degrees: degrees) - probability) < 1e-12)
            #expect(StudentT.probability(within: -bound, degrees: degrees) == StudentT.probability(within: bound, degrees: degrees))
        }
    }

    @Test("the interval of three seeds is mean ± 4.303 standard errors")
    func interval() {
        let estimate = Estimate(overSeeds: [0.2, 0.3, 0.4])
        #expect(abs(estimate.value - 0.3) < 1e-12)
        let half = 4.302653 * 0.1 / 3.0.squareRoot()
        #expect(abs(estimate.high - 0.3 - half) < 1e-6 && abs(0.3 - estimate.low - half) < 1e-6)
    }

    @Test("pairing by seed takes out what the seeds share")
    func paired() {
        let difference = SeedDifference([0.31, 0.52, 0.70], minus: [0.21, 0.41, 0.61])
        #expect(abs(difference.estimate.value - 0.1) < 1e-12)
        #expect(difference.estimate.low > 0.05 && difference.pValue < 0.01)
        // t = mean / (s / √3) of 1, 2, 4 is 2.6458; its two-sided p with two degrees of freedom is 0.1181.
        #expect(abs(SeedDifference([1, 2, 4], minus: [0, 0, 0]).pValue - 0.1181) < 1e-3)
    }

    @Test("arms that are equal in every seed do not differ")
    func equal() {
        let none = SeedDifference([1, 2, 3], minus: [1, 2, 3])
        #expect(none.estimate == Estimate(0, low: 0, high: 0) && none.pValue == 1)
        #expect(SeedDifference([2, 3, 4], minus: [1, 2, 3]).pValue == 0)
    }

    @Test("courses are averaged where all seeds have a point")
    func courses() {
        let mean = StudySeries(meanOf: [StudySeries(steps: [0, 1, 2], values: [1, 2, 3]), StudySeries(steps: [0, 2], values: [3, 5])])
        #expect(mean == StudySeries(steps: [0, 2], values: [2, 4]))
    }
}
