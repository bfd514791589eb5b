import Foundation
import Studies
import Testing

@Suite("Courses and tokens in records")
struct RecordedSeriesTests {
    @Test("a course is read as it was written")
    func accepted() throws {
        let series = StudySeries(steps: [0, 1, 5], values: [0.1, 0.2, 0.5])
        #expect(try JSONDecoder().decode(StudySeries.self, from: JSONEncoder().encode(series)) == series)
    }

    @Test(
        "one whose lists do not belong together is refused, where its mean would trap",
        arguments: [
            #"{"steps": [0, 1], "values": [0.1]}"#, #"{"steps": [1, 0], "values": [0.1, 0.2]}"#,
            #"{"steps": [0, 0], "values": [0.1, 0.2]}"#,
            #"{"steps": [-1], "values": [0.1]}"#, #"{"steps": [9223372036854775807], "values": [0.1]}"#,
        ])
    func refused(json: String) {
        #expect(throws: DecodingError.self) { _ = try JSONDecoder().decode(StudySeries.self, from: Data(json.utf8)) }
    }

    @Test(
        "tokens that no study could have are refused, where their sum would trap",
        arguments: ["-1", "9223372036854775807", "1125899906842625"])
    func tokens(count: String) {
        let json = #"{"sampled": \#(count), "scored": 0, "trained": 0, "evaluated": 0}"#
        #expect(throws: DecodingError.self) { _ = try JSONDecoder().decode(StudyTokens.self, from: Data(json.utf8)) }
    }
}
