import Foundation
import Testing

extension CommandLineTests {
    @Suite("a finished run without its report")
    struct UnreportedRunTests {
        @Test("is gone on with by writing the report, and only then is already finished")
        func resumed() async throws {
            try await Workplace.with { place in
                let whole = try await Program.run(RunTests.arguments, in: place.folder)
                let result = try #require(try json(whole.output) as? [String: Any], "\(whole)")
                let report = URL(fileURLWithPath: try #require(result["report"] as? String))
                let torn = report.deletingLastPathComponent().appendingPathComponent(".\(report.lastPathComponent).torn")
                try FileManager.default.moveItem(at: report, to: torn)
                let resumed = try await Program.run(["run", "--resume", "last", "--json"] + RunTests.models, in: place.folder)
                #expect(try RunTests.weights(resumed) == RunTests.weights(whole))
                #expect(try String(contentsOf: report, encoding: .utf8).contains("</html>"))
                #expect(!FileManager.default.fileExists(atPath: torn.path))
                let again = try await Program.run(["run", "--resume", "last"] + RunTests.models, in: place.folder)
                #expect(again.failed(2, naming: "already finished"))
            }
        }
    }
}
