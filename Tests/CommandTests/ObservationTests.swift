import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension CommandLineTests {
    /// Logs, metrics and the secret that guards them.
    @Suite("what machines are told")
    struct ObservationTests {
        static let planted = "Planted-7f3a9c.token~"
        static let models = ["--models", Program.root.appendingPathComponent("Models").path]

        /// The answer to one request, empty where nobody listens.
        private static func answer(port: Int, token: String? = nil, path: String = "/metrics") async throws -> String {
            let authorization = token.map { "Authorization: Bearer \($0)\\r\\n" } ?? ""
            let request = "GET \(path) HTTP/1.1\\r\\nHost: localhost\\r\\n\(authorization)Connection: close\\r\\n\\r\\n"
            let script = "exec 3<>/dev/tcp/127.0.0.1/\(port) || exit 0; printf '\(request)' >&3; cat <&3"
            let result = try await Subprocess.run(
                .path("/bin/bash"), arguments: ["-c", script], output: .string(limit: 1 << 20), error: .discarded)
            return result.standardOutput
        }

        /// The port that the program says it serves at.
        private static func port(in errors: String) throws -> Int {
            let match = try #require(errors.firstMatch(of: /metrics at http:\/\/127\.0\.0\.1:([0-9]+)\/metrics/), "\(errors)")
            return try #require(Int(match.output.1))
        }

        private static func token(in place: Workplace, _ text: String = planted, permissions: Int = 0o600) throws {
            let file = place.folder.appendingPathComponent("token")
            try Data((text + "\n").utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
        }

        private static func records(of log: URL) throws -> [[String: Any]] {
            try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map {
                try #require(try json(String($0)) as? [String: Any], "\($0)")
            }
        }

        @Test("a run with log and metrics gives the same weights, serves while it goes on, and shows its token nowhere")
        func whole() async throws {
            try await Workplace.with { place in
                try Self.token(in: place)
                let observed = ["--metrics", "0", "--metrics-token-file", "token", "--log-file", "log.jsonl", "--log-level", "trace"]
                let program = place.start(["run"] + observed + RunTests.arguments.dropFirst())
                #expect(await program.reaches { $0.contains("metrics at http://") && $0.contains("generation 1 of 2") })
                let port = try Self.port(in: program.errorsSoFar)
                let metrics = try await Self.answer(port: port, token: Self.planted)
                #expect(metrics.contains("200 OK") && metrics.contains("text/plain; version=0.0.4"), "\(metrics)")
                #expect(metrics.contains("\nautodidact_generations 2\n") && metrics.contains("recipe=\"expert-iteration\""), "\(metrics)")
                let refused = try await Self.answer(port: port)
                #expect(refused.contains(" 401 ") && !refused.contains("autodidact_generation"), "\(refused)")
                let outcome = try await program.end()
                #expect(outcome.code == 0, "\(outcome)")
                #expect(try await Self.answer(port: port, token: Self.planted).isEmpty)
                #expect(try RunTests.weights(outcome) == RunTests.weights(try await RunTests.uninterrupted.value))

                let records = try Self.records(of: place.folder.appendingPathComponent("log.jsonl"))
                let messages = records.compactMap { $0["message"] as? String }
                #expect(messages.first == "log begins" && messages.contains("progress") && messages.contains("run finished"))
                #expect(messages.count { $0 == "generation committed" } == 2)
                // At the level of a trace too, nothing is told of the server's insides.
                let served = records.filter { $0["label"] as? String == "autodidact.metrics" }.compactMap { $0["message"] as? String }
                #expect(served == ["metrics served"], "\(served)")

                #expect(!outcome.output.contains(Self.planted) && !outcome.errors.contains(Self.planted) && !metrics.contains(Self.planted))
                var files = 0
                let all = try #require(FileManager.default.enumerator(at: place.folder, includingPropertiesForKeys: nil))
                for case let file as URL in all.allObjects where file.lastPathComponent != "token" {
                    guard let data = try? Data(contentsOf: file) else { continue }
                    files += 1
                    #expect(data.range(of: Data(Self.planted.utf8)) == nil, "\(file.path)")
                }
                // The store, the report and the log were among them.
                #expect(files >= 3)
            }
        }

        @Test("Ctrl-C ends the endpoint with the run, and the log says so")
        func interrupted() async throws {
            try await Workplace.with { place in
                let program = place.start(["run", "--metrics", "0", "--log-file", "log.jsonl"] + RunTests.arguments.dropFirst())
                #expect(await program.reaches { $0.contains("generation 1 of 2") })
                let port = try Self.port(in: program.errorsSoFar)
                program.send(SIGINT)
                let outcome = try await program.end()
                #expect(outcome.code == 130 && !outcome.wasKilled, "\(outcome)")
                #expect(try await Self.answer(port: port).isEmpty)
                let records = try Self.records(of: place.folder.appendingPathComponent("log.jsonl"))
                #expect(records.last?["message"] as? String == "run stopped")
            }
        }

        @Test("a token of the environment guards the endpoint too, and is shown by no error")
        func environment() async throws {
            try await Workplace.with { place in
                let shell = "export AUTODIDACT_METRICS_TOKEN='\(Self.planted)'; exec \"$@\""
                let arguments = ["run", "nonsense", "--metrics", "0.0.0.0:0", "--log-file", "log.jsonl"] + Self.models
                let outcome = try await Program.run(arguments, in: place.folder, through: shell)
                #expect(outcome.failed(2, naming: "nonsense") && !outcome.errors.contains(Self.planted), "\(outcome)")
                let log = try String(contentsOf: place.folder.appendingPathComponent("log.jsonl"), encoding: .utf8)
                #expect(log.contains("run failed") && log.contains("nonsense") && !log.contains(Self.planted))
                let bad = "export AUTODIDACT_METRICS_TOKEN='\(Self.planted) \(Self.planted)'; exec \"$@\""
                let refused = try await Program.run(arguments, in: place.folder, through: bad)
                #expect(refused.failed(2, naming: "AUTODIDACT_METRICS_TOKEN") && !refused.errors.contains(Self.planted), "\(refused)")
            }
        }

        static let refusals: [(arguments: String, words: [String])] = [
            ("--log-level debug", ["--log-level", "--log-file"]), ("--log-file log --log-level loud", ["--log-level", "loud"]),
            ("--log-file absent/log", ["--log-file", "absent/log"]), ("--log-file .", ["--log-file"]),
            ("--metrics nonsense", ["--metrics", "nonsense", "port"]), ("--metrics :9090", ["--metrics", "host"]),
            ("--metrics 0.0.0.0:0", ["bearer token", "AUTODIDACT_METRICS_TOKEN", "--metrics-token-file"]),
            ("--metrics-token-file token", ["--metrics-token-file", "--metrics"]),
            ("--metrics 0 --metrics-token-file absent", ["--metrics-token-file", "absent"]),
            ("--metrics 0 --metrics-token-file token", ["--metrics-token-file", "chmod 600"]),
        ]

        @Test("what cannot be taken is one clear error before any work", arguments: refusals)
        func refused(arguments: String, words: [String]) async throws {
            try await Workplace.with { place in
                try Self.token(in: place, permissions: 0o644)
                let all = ["run"] + arguments.split(separator: " ").map(String.init) + Self.models
                let outcome = try await Program.run(all, in: place.folder)
                #expect(outcome.failed(2) && !outcome.errors.contains(Self.planted), "\(outcome)")
                #expect(words.allSatisfy { outcome.errors.contains($0) }, "\(outcome)")
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent(".autodidact").path))
            }
        }

        @Test("a log on a full disk is refused before any work", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
        func fullLog() async throws {
            try await Workplace.with { place in
                let outcome = try await Program.run(["run", "--log-file", "/dev/full"] + Self.models, in: place.folder)
                #expect(outcome.failed(2, naming: "--log-file", "/dev/full"), "\(outcome)")
            }
        }

        @Test("a port that is taken is one clear error before any work")
        func taken() async throws {
            try await Workplace.with { place in
                let first = place.start(["run", "--metrics", "0"] + RunTests.arguments.dropFirst())
                #expect(await first.reaches { $0.contains("metrics at http://") })
                let port = try Self.port(in: first.errorsSoFar)
                first.send(SIGSTOP)
                try await Workplace.with { other in
                    let second = try await Program.run(["run", "--metrics", "\(port)"] + Self.models, in: other.folder)
                    #expect(second.failed(2, naming: "--metrics", "\(port)", "another port"), "\(second)")
                    #expect(!FileManager.default.fileExists(atPath: other.folder.appendingPathComponent(".autodidact").path))
                }
                first.send(SIGKILL)
                _ = try await first.end()
            }
        }

        @Test("a log that fails in the middle is told once, and the run goes on")
        func failingLog() async throws {
            try await Workplace.with { place in
                // A pipe with room for little more than the first line.
                let shell = "mkfifo log && exec 9<>log && head -c 65000 /dev/zero >&9; exec \"$@\""
                let arguments = ["run", "--log-file", "log", "--log-level", "trace"] + DiskTests.small.dropFirst()
                let outcome = try await Program.run(arguments, in: place.folder, through: shell)
                #expect(outcome.code == 0, "\(outcome)")
                #expect(outcome.errors.components(separatedBy: "the log cannot be written any more").count == 2, "\(outcome.errors)")
            }
        }
    }
}
