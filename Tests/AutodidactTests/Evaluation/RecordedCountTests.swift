import Foundation
import Testing

@testable import Autodidact

@Suite("Counts in records")
struct RecordedCountTests {
    private func json(samples: String = "4", judged: String = "4", correct: String = "3", tokens: String = "9") -> Data {
        Data(
            """
            {"split": "held-out", "samplesPerProblem": \(samples), "temperature": 1, "weightsHash": "", "tokens": \(tokens),
            "meanTokens": 1, "unscorable": 0,
            "outcomes": [{"problem": "p", "level": 1, "judged": \(judged), "correct": \(correct), "greedy": true}]}
            """.utf8)
    }

    @Test("an evaluation whose counts fit together is read, and gives its figures")
    func accepted() throws {
        let result = try JSONDecoder().decode(EvaluationResult.self, from: json())
        #expect(result.passAt(4).value == 1 && result.meanAtK().value == 0.75)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: JSONEncoder().encode(result)) == result)
    }

    @Test("one whose counts contradict each other is refused, where its figures would trap")
    func refused() {
        let contradictions = [
            json(correct: "5"), json(correct: "-1"), json(judged: "-1", correct: "0"), json(judged: "5"), json(samples: "0"),
            json(samples: "9223372036854775807"), json(tokens: "9223372036854775807"), json(tokens: "-1"),
        ]
        for data in contradictions {
            #expect(throws: DecodingError.self) { _ = try JSONDecoder().decode(EvaluationResult.self, from: data) }
        }
    }
}
