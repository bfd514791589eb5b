import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension CommandLineTests {
    /// A model behind a socket, as `Scripts/clients/serve` meets it with clients of others.
    @Suite("serve")
    struct ServeTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        private static let server = ["serve", "--listen", "0", "--context", "64", "--sequences", "4"] + models

        /// The answer to one request, empty where nobody listens.
        private static func answer(port: Int, _ path: String, body: String? = nil, token: String? = nil) async throws -> String {
            let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
            let content = body.map { "Content-Type: application/json\r\nContent-Length: \($0.utf8.count)\r\n" } ?? ""
            let head = "\(body == nil ? "GET" : "POST") \(path) HTTP/1.1\r\nHost: x\r\n\(authorization)\(content)Connection: close\r\n\r\n"
            let script = "exec 3<>/dev/tcp/127.0.0.1/\(port) || exit 0; printf '%s' \"$1\" >&3; cat <&3"
            let result = try await Subprocess.run(
                .path("/bin/bash"), arguments: ["-c", script, "bash", head + (body ?? "")], output: .string(limit: 1 << 20),
                error: .discarded)
            return result.standardOutput
        }

        private static func port(in errors: String) throws -> Int {
            let match = try #require(errors.firstMatch(of: /serving '.*' at http:\/\/127\.0\.0\.1:([0-9]+)\/v1/), "\(errors)")
            return try #require(Int(match.output.1))
        }

        private static func listening(_ program: RunningProgram) async throws -> Int {
            let isUp = await program.reaches { $0.contains("serving '") && $0.hasSuffix("\n") }
            #expect(isUp)
            return try port(in: program.errorsSoFar)
        }

        @Test("a model is served until it is asked to end, with the same answer for the same seed")
        func whole() async throws {
            try await Workplace.with { place in
                let program = place.start(Self.server + ["--model", "seedling", "--json"])
                let port = try await Self.listening(program)
                #expect(try await Self.answer(port: port, "/v1/models").contains("\"id\":\"seedling\""))
                let body = #"{"model": "seedling", "prompt": "2 + 2", "max_tokens": 8, "seed": 3, "logprobs": 1, "echo": true}"#
                let answers = [
                    try await Self.answer(port: port, "/v1/completions", body: body),
                    try await Self.answer(port: port, "/v1/completions", body: body),
                ].map { $0.components(separatedBy: "\"choices\"").last?.components(separatedBy: "\"created\"").first }
                #expect(answers[0] == answers[1] && answers[0]?.contains("2 + 2") == true, "\(answers)")
                let chat = #"{"model": "seedling", "messages": [{"role": "user", "content": "2 + 2"}], "max_tokens": 4, "stream": true}"#
                let stream = try await Self.answer(port: port, "/v1/chat/completions", body: chat)
                #expect(stream.contains("text/event-stream") && stream.contains("data: [DONE]"), "\(stream)")
                let refused = try await Self.answer(port: port, "/v1/completions", body: body.replacing("seed\"", with: "sed\""))
                #expect(refused.contains(" 400 ") && refused.contains("unknown_parameter"), "\(refused)")
                program.send(SIGTERM)
                let outcome = try await program.end()
                #expect(outcome.code == 0 && !outcome.wasKilled, "\(outcome)")
                let shown = try #require(try json(outcome.output) as? [String: Any])
                #expect(shown["context"] as? Int == 64 && shown["sequences"] as? Int == 4 && shown["model"] as? String == "seedling")
            }
        }

        @Test("the incumbent of a run is served under the run's id")
        func incumbent() async throws {
            try await Workplace.with { place in
                let run = try await Program.run(TinyRun.arguments(generations: 1) + Self.models, in: place.folder)
                #expect(run.code == 0, "\(run)")
                let id = try #require(try (json(run.output) as? [String: Any])?["runID"] as? String)
                let program = place.start(Self.server)
                let port = try await Self.listening(program)
                #expect(try await Self.answer(port: port, "/v1/models/\(id)").contains("\"id\":\"\(id)\""))
                let body = "{\"model\": \"\(id)\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"max_tokens\": 2}"
                let answer = try await Self.answer(port: port, "/v1/chat/completions", body: body)
                #expect(answer.contains(" 200 ") && answer.contains("\"system_fingerprint\":\"fp_"), "\(answer)")
                program.send(SIGINT)
                #expect(try await program.end().code == 0)
            }
        }

        @Test("a token from a file is asked for, and shown nowhere")
        func token() async throws {
            try await Workplace.with { place in
                let file = place.folder.appendingPathComponent("token")
                try Data("Planted-5d1e.token\n".utf8).write(to: file)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
                let program = place.start(Self.server + ["--model", "seedling", "--token-file", "token"])
                let port = try await Self.listening(program)
                #expect(try await Self.answer(port: port, "/v1/models").contains(" 401 "))
                #expect(try await Self.answer(port: port, "/v1/models", token: "Planted-5d1e.token").contains(" 200 "))
                program.send(SIGTERM)
                let outcome = try await program.end()
                #expect(outcome.code == 0 && !(outcome.output + outcome.errors).contains("Planted"))
            }
        }

        @Test(
            "what cannot be served is refused before anything listens",
            arguments: [
                (["--model", "seedling", "--listen", "0.0.0.0:0"], "AUTODIDACT_API_TOKEN"), (["--model", "nothing"], "nothing"),
                (["--model", "seedling", "--context", "5000"], "1024 positions"), (["--model", "seedling", "--listen", "x"], "port"),
                (["last", "--model", "seedling"], "name one"), (["--adapter", "x"], "--model"), ([], "run"),
                (["--model", "seedling", "--conversation", "x"], "plain"), (["--model", "seedling", "--token-file", "absent"], "absent"),
                (["--model", "seedling", "--drain=-1"], "0"), (["--model", "seedling", "--sequences", "0"], "1"),
            ] as [([String], String)])
        func refused(arguments: [String], word: String) async throws {
            try await Workplace.with { place in
                let outcome = try await Program.run(["serve"] + arguments + Self.models, in: place.folder)
                #expect(outcome.failed(2, naming: word), "\(outcome)")
            }
        }
    }
}
