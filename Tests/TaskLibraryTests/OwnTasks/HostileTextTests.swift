import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Long texts in own tasks")
struct HostileTextTests {
    @Test("words that announce an answer, again and again, are walked once", arguments: ["option ", "answer is the ", "choice letter "])
    func announcements(words: String) {
        let text = String(repeating: words, count: 200_000)
        #expect(StatedLetter.find(in: text) == nil)
        #expect(StatedLetter.find(in: text + "B") == "B")
        #expect(StatedLetter.find(in: "answer is C. " + text + "A or B") == nil)
    }

    @Test("blank lines take no room and count all the same")
    func blankLines() throws {
        let blank = [UInt8](repeating: 0x0A, count: 20_000_000)
        let error = #expect(throws: OwnTaskFault.self) { _ = try OwnTaskFile(blank, fields: RowFields(), verifier: .rule(.exact)) }
        #expect(error == .noRows)
        let row = Array(#"{"prompt": "1+1", "answer": "2"}"#.utf8)
        let file = try OwnTaskFile(blank + row + [0x0A], fields: RowFields(), verifier: .rule(.exact))
        #expect(file.rows.map(\.line) == [20_000_001])
    }

    @Test("feedback on an answer of endless characters is bounded")
    func feedback() {
        let problem = Problem(task: "own", canonical: "1", prompt: "1+1", reference: "2", level: 1)
        let verdict = AnswerVerifier(.exact).verdict(on: "e" + String(repeating: "\u{301}", count: 10_000), for: problem)
        #expect(!verdict.isCorrect && verdict.feedback.utf8.count < 200)
    }

    @Test("a number that is read in a response can be read again", arguments: [("1e-999", true), (".1e-999", false), ("10e999", false)])
    func exponents(written: String, isRead: Bool) {
        let answer = AnswerRule.number.answer(in: "It is \(written)")
        #expect((answer != nil) == isRead)
        #expect(answer.map { AnswerRule.number.reference($0) == $0 } ?? true)
    }

    @Test("a fault shows what a line says in bounded room, without control characters")
    func faults() {
        let name = String(repeating: "\u{1B}a", count: 10_000)
        let row = Array((#"{"prompt": "1+1", "answer": {"#.utf8)) + Array(name.utf8)
        let text =
            (try? OwnTaskFile(row, fields: RowFields(), verifier: .rule(.exact))).flatMap { $0.faults.first.map { "\($0.fault)" } } ?? ""
        #expect(text.contains("column") && text.utf8.count < 1_000)
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
}
