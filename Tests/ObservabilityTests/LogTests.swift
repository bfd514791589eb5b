import Autodidact
import Foundation
import Logging
import Observability
import Synchronization
import Testing

@Suite("Logs as JSON lines")
struct LogTests {
    private func object(_ line: String) throws -> [String: Any] {
        #expect(line.hasSuffix("\n") && !line.dropLast().contains("\n"))
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }

    @Test("a record has time in universal time, level, label, message and metadata, in this order")
    func record() throws {
        let kept = KeptLines()
        kept.logger().notice("hello", metadata: ["b": "text", "a": .stringConvertible(3)])
        #expect(
            kept.lines == [
                #"{"time":"2026-11-18T11:06:40.250Z","level":"notice","label":"test","message":"hello","metadata":{"a":3,"b":"text"}}"#
                    + "\n"
            ])
    }

    @Test("records below the level are left out", arguments: [Logger.Level.trace, .debug, .info, .notice, .warning, .error])
    func level(least: Logger.Level) {
        let kept = KeptLines()
        let logger = kept.logger(least)
        for level in Logger.Level.allCases { logger.log(level: level, "message") }
        #expect(kept.lines.count == Logger.Level.allCases.count { $0 >= least })
    }

    @Test("numbers and truth values stay what they are; what JSON has no number for is text")
    func values() throws {
        let kept = KeptLines()
        kept.logger().info(
            "values",
            metadata: [
                "int": .stringConvertible(-3), "big": .stringConvertible(UInt64.max), "double": .stringConvertible(0.1),
                "small": .stringConvertible(1e-30), "true": .stringConvertible(true), "nan": .stringConvertible(Double.nan),
                "infinite": .stringConvertible(-Double.infinity), "list": ["a", .stringConvertible(1)], "tree": ["x": ["y": "z"]],
            ])
        let metadata = try #require(try object(kept.lines[0])["metadata"] as? [String: Any])
        #expect(metadata["int"] as? Int == -3 && metadata["double"] as? Double == 0.1 && metadata["true"] as? Bool == true)
        #expect(kept.lines[0].contains("\"big\":18446744073709551615") && metadata["small"] as? Double == 1e-30)
        #expect(metadata["nan"] as? String == "nan" && metadata["infinite"] as? String == "-inf")
        #expect(metadata["list"] is [Any] && (metadata["tree"] as? [String: [String: String]])?["x"] == ["y": "z"])
    }

    @Test("hostile and huge texts stay one bounded line of JSON")
    func hostile() throws {
        let kept = KeptLines()
        let texts = [
            "line\nline\r\u{2028}\u{2029}\u{85}", "\u{1B}[31m\u{0}\u{7F}\u{202E}", "\"quoted\" \\ back\\\"slash\\",
            String(repeating: "x", count: 1 << 20),
            String(repeating: "\\", count: 1000), "{\"json\":1}", "\u{FFFF}\u{10FFFF}", "",
        ]
        for text in texts {
            kept.logger().info("\(text)", metadata: [text: "\(text)", "list": .array(Array(repeating: "\(text)", count: 3))])
        }
        #expect(kept.lines.count == texts.count)
        for line in kept.lines {
            let record = try object(line)
            #expect(line.utf8.count < 6000)
            #expect(!line.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x2028 })
            #expect(Set(record.keys) == ["time", "level", "label", "message", "metadata"])
        }
    }

    @Test("long lists and deep trees are cut, and say so")
    func cut() throws {
        let kept = KeptLines()
        var deep: Logger.MetadataValue = "bottom"
        for _ in 0..<1000 { deep = ["in": deep] }
        kept.logger().info(
            "cut",
            metadata: [
                "list": .array((0..<1000).map { .stringConvertible($0) }), "deep": deep,
                "wide": .dictionary(Dictionary(uniqueKeysWithValues: (0..<1000).map { ("key\($0)", "v") })),
            ])
        let metadata = try #require(try object(kept.lines[0])["metadata"] as? [String: Any])
        #expect((metadata["list"] as? [Any])?.count == 65 && (metadata["list"] as? [Any])?.last as? String == "… 936 more")
        #expect((metadata["wide"] as? [String: Any])?["…"] as? Int == 936)
        #expect(kept.lines[0].contains("{\"in\":{\"in\":{\"in\":\"…\"}}}") && !kept.lines[0].contains("bottom"))
    }

    @Test("a failure is told once, and later lines are tried again")
    func failure() {
        struct Full: Error {}
        let tries = Mutex(0)
        let told = Mutex(0)
        let sink = LogSink { _ in
            let number = tries.withLock { tries -> Int in
                tries += 1
                return tries
            }
            if number > 1 && number < 4 { throw Full() }
        } failed: { _ in
            told.withLock { $0 += 1 }
        }
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .info, clock: StoppedClock(), sink: sink) }
        for _ in 0..<5 { logger.info("message") }
        #expect(tries.withLock { $0 } == 5 && told.withLock { $0 } == 1 && sink.failure is Full)
    }
}
