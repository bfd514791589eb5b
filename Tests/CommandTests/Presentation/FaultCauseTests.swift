import Testing

@testable import AutodidactCLI

@Suite("Causes of faults in a file")
struct FaultCauseTests {
    @Test("what repeats is told once, with a count and the first lines")
    func repeated() {
        let faults = (1...9).map { (line: $0, message: "field 'answer' holds 'x\($0)'; column \($0)") } + [(line: 4, message: "no rows")]
        let texts = FaultCause.all(of: faults).map { $0.text(file: "a.jsonl") }
        #expect(
            texts == [
                "a.jsonl:1: field 'answer' holds 'x1'; column 1 (and 8 lines like it: 2, 3, 4, 5, 6, …)", "a.jsonl:4: no rows",
            ])
    }

    @Test("what differs in words is told apart, and one line alone has no count")
    func different() {
        let faults = [(line: 2, message: "the line holds a list"), (line: 3, message: "the line holds a number")]
        #expect(FaultCause.all(of: faults).map { $0.text(file: "f") } == ["f:2: the line holds a list", "f:3: the line holds a number"])
        let two = [(line: 2, message: "an answer's fault"), (line: 5, message: "an answer's fault")]
        #expect(FaultCause.all(of: two).map { $0.text(file: "f") } == ["f:2: an answer's fault (and 1 line like it: 5)"])
        #expect(FaultCause.all(of: []).isEmpty)
    }
}
