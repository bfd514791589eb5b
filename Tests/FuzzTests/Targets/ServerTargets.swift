import Autodidact
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RunStore

@testable import Serving

/// The metrics server: where it listens, who may read, and whatever is sent to it.
let serverTargets = [
    FuzzTarget(
        "listen-address", words: ["127.0.0.1", "localhost", "0.0.0.0", "::1", "[::1]", "::ffff:", "[", "]", ":", "@", "http://", "65535"],
        places: ["'"],
        corpus: {
            ["9090", "0", "localhost:1", "0.0.0.0:9090", "[::1]:65535", "[::ffff:127.0.0.1]:80", "machine.example:80"].map {
                FuzzInput("address.txt", $0.utf8)
            }
        },
        run: { input in
            let address = try ListenAddress(input.text)
            try require((0...65_535).contains(address.port) && !address.host.isEmpty, "the address \(address)")
            let again = try ListenAddress(address.description)
            try require(again == address, "\(address) reads back as \(again)")
            try require(!address.isLoopback || address.host == "::1" || address.host.hasPrefix("127."), "\(address) is taken for loopback")
        }),
    FuzzTarget(
        "secret-file", words: ["token", "\n", "\r\n", " ", "\t", "é"], places: ["secret.txt"],
        corpus: {
            ["t", "Planted-7f3a9c.token~\n", "!~\r\n", String(repeating: "a", count: Secret.longest)].map {
                FuzzInput("secret.txt", $0.utf8)
            }
        },
        run: { input in
            try await Workspace("secret").with(input) { folder in
                let path = folder.appendingPathComponent("secret.txt").path
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                do {
                    let secret = try Secret(file: path)
                    let text = secret.revealed
                    try require(1...Secret.longest ~= text.utf8.count, "a secret of \(text.utf8.count) bytes")
                    try require(text.utf8.allSatisfy { 0x20 < $0 && $0 < 0x7F }, "no header can carry the secret")
                    try require(secret.matches(text), "the secret does not match itself")
                    try require(!secret.matches(text + text) && !secret.matches(text.dropLast()), "the secret matches another")
                    try require("\(secret)\(String(reflecting: secret))" == "[secret][secret]", "the secret shows itself")
                } catch let error as SecretError {
                    let start = input.text.prefix(12)
                    try require(start.utf8.count < 12 || !"\(error)".contains(start), "the refusal shows the secret: \(error)")
                    throw error
                }
            }
        }),
    FuzzTarget(
        "bearer", words: ["Bearer", "bearer ", "BEARER\t", "Basic ", "fuzz.token-17", ",", " ", "/metrics", "?", "/", "%6D"],
        places: ["request"],
        corpus: {
            ["Bearer fuzz.token-17", "bearer fuzz.token-17", "BEARER   fuzz.token-17"].map {
                FuzzInput([FuzzFile("authorization.txt", $0.utf8), FuzzFile("path.txt", "/metrics".utf8)])
            }
        },
        run: { input in
            let (field, path) = (input.text, String(decoding: input["path.txt"], as: UTF8.self))
            let secret = try Secret(String(decoding: HostedServer.token, as: UTF8.self), from: .environment("FUZZ"))
            let responder = MetricsResponder<Void>(token: secret) { HostedServer.text }
            let head = HTTPRequest(
                method: .get, scheme: "http", authority: "localhost", path: path, headerFields: [.authorization: field])
            let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
            let status = try await responder.respond(to: request, context: ()).status.code
            // As they arrive: a field cannot carry every character.
            let (sent, asked) = (Array((head.headerFields[.authorization] ?? "").utf8), Array((head.path ?? "").utf8))
            try require((status == 401) == !holdsToken(sent), "'\(field.prefix(80))' is answered \(status)")
            let isRight = asked.split(separator: UInt8(ascii: "?"), omittingEmptySubsequences: false).first == Array("/metrics".utf8)[...]
            try require(status != 200 || isRight, "'\(path.prefix(80))' is answered 200")
            if status != 200 { throw RequestRefused([status]) }
        }),
    serverTarget,
]

/// Whatever is sent to a server that is up.
///
/// One connection stays open with the input while another sends it without the token, and while sound requests are answered as they must
/// be; then it is told that no more comes, and has to end.
private let serverTarget: FuzzTarget = {
    var target = FuzzTarget(
        "http-server", words: requestWords, places: ["request"], corpus: { sampleRequests.map { FuzzInput("requests.http", $0.utf8) } },
        run: { input in
            guard let server = HostedServer.current else { throw Violation("no server is up") }
            let bytes = input.bytes
            let masked = masking(HostedServer.token, in: bytes)
            let open = server.send(bytes, finishes: false)
            let other = masked.count > 0 ? server.send(masked.bytes) : nil
            defer { for exchange in [open, other].compactMap(\.self) { exchange.end() } }
            try await server.check()
            if let statuses = try await other?.statuses {
                try require(statuses.isEmpty || statuses == [400] || statuses == [401], "without the token it is answered \(statuses)")
            }
            open.finish()
            let statuses = try await open.statuses
            let shown = statuses.count { $0 == 200 }
            try require(shown <= masked.count, "the metrics are shown \(shown) times to a token that is there \(masked.count) times")
            if shown == 0 { throw RequestRefused(statuses) }
        })
    target.host = { try await HostedServer.during($0) }
    return target
}()

/// A request that was not answered with metrics.
struct RequestRefused: Error, CustomStringConvertible {
    let description: String

    init(_ statuses: [Int], saying text: String? = nil) {
        let shown = statuses.prefix(8).map { "\($0)" }.joined(separator: ", ")
        description = shown.isEmpty ? "the request is not answered" : "the request is answered \(shown)" + (text.map { ": \($0)" } ?? "")
    }
}

/// Whether a header holds the token, by bytes alone.
private func holdsToken(_ header: [UInt8]) -> Bool {
    let scheme = header.prefix(7).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return scheme == Array("bearer ".utf8) && header.dropFirst(7).drop { $0 == 0x20 } == HostedServer.token[...]
}

/// Bytes without a word, and how often it was there.
private func masking(_ word: [UInt8], in bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
    var (masked, count, start) = (bytes, 0, bytes.startIndex)
    while let found = bytes[start...].firstRange(of: word) {
        masked.replaceSubrange(found, with: repeatElement(UInt8(ascii: "x"), count: word.count))
        (count, start) = (count + 1, found.upperBound)
    }
    return (masked, count)
}
