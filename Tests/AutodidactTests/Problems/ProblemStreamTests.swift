import Autodidact
import Randomness
import Testing

@Suite("Streams of listed problems")
struct ProblemStreamTests {
    private let problems = (0..<7).map { Problem(task: "t", canonical: "\($0)", prompt: "\($0)", reference: "", level: 1) }

    @Test("an evaluation's list is given once")
    func once() {
        var stream = ProblemStream(of: problems, recycles: false, key: SeedTree(root: 1))
        #expect(Set(stream.next(4) + stream.next(9)).count == 7)
        #expect(stream.next(1).isEmpty)
    }

    @Test("a training list is passed through again and again, each time in another order")
    func recycled() {
        var stream = ProblemStream(of: problems, recycles: true, key: SeedTree(root: 1))
        let passes = (0..<3).map { _ in stream.next(7) }
        #expect(passes.map { Set($0) } == Array(repeating: Set(problems), count: 3))
        #expect(Set(passes).count == 3)
    }

    @Test("the order depends on the key and not on the list's order")
    func keyed() {
        func order(_ problems: [Problem], _ root: UInt64) -> [Problem] {
            var stream = ProblemStream(of: problems, recycles: false, key: SeedTree(root: root))
            return stream.next(7)
        }
        #expect(order(problems, 1) == order(problems.reversed(), 1))
        #expect(order(problems, 1) != order(problems, 2))
    }

    @Test("an empty list gives nothing")
    func empty() {
        var stream = ProblemStream(of: [], recycles: true, key: SeedTree(root: 1))
        #expect(stream.next(3).isEmpty)
    }
}
