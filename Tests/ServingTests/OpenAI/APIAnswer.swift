import Autodidact
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Serving

/// An answer that was written to its end, without sockets.
struct APIAnswer {
    let status: Int
    let headers: HTTPFields
    let text: String
    /// Whether the connection ends with it.
    let endsConnection: Bool

    var json: JSONNode { get throws { try JSONNodeReader.read(text) } }

    /// The values of a stream's events; the last of them has to be the end.
    var events: [JSONNode] {
        get throws {
            let lines = text.components(separatedBy: "\n\n")
            #expect(lines.suffix(2) == ["data: [DONE]", ""] && lines.allSatisfy { $0.isEmpty || $0.hasPrefix("data: ") })
            return try lines.dropLast(2).map { try JSONNodeReader.read(String($0.dropFirst(6))) }
        }
    }

    static func get(
        _ path: String, from engine: ScriptedEngine = ScriptedEngine(), method: HTTPRequest.Method = .get, body: String = "",
        fields: HTTPFields = [.contentType: "application/json"], token: String? = nil, bodyBytes: Int = 10_000
    ) async throws -> APIAnswer {
        var limits = ServerLimits()
        limits.bodyBytes = bodyBytes
        let bearer = Bearer(token: try token.map { try Secret($0, from: .environment("TOKEN")) })
        let name = ServedModelName("m", fingerprint: "fp", created: 17)
        var responder = APIResponder(engine, model: name, bearer: bearer, limits: limits, clock: ManualClock())
        let numbers = Mutex<UInt64>(0)
        responder.entropy = {
            numbers.withLock { number in
                defer { number += 1 }; return number
            }
        }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let response = try await responder.respond(to: request, context: APIContext())
        let written = Written()
        var ends = false
        do { try await response.body.write(written) } catch is ConnectionEnded { ends = true }
        return APIAnswer(status: response.status.code, headers: response.headers, text: written.text.withLock { $0 }, endsConnection: ends)
    }

    static func post(
        _ body: [UInt8], chat: Bool = false, to engine: ScriptedEngine = ScriptedEngine()
    ) async throws -> APIAnswer {
        try await get(
            chat ? "/v1/chat/completions" : "/v1/completions", from: engine, method: .post, body: String(decoding: body, as: UTF8.self))
    }

    /// Keeps what is written.
    private final class Written: ResponseBodyWriter, Sendable {
        let text = Mutex("")

        func write(_ buffer: ByteBuffer) async throws { text.withLock { $0 += String(buffer: buffer) } }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension JSONNode {
    /// What stands in a list; nothing where it is none.
    var elements: [JSONNode] { if case .array(let nodes) = self { nodes } else { [] } }

    /// The node at names and places, such as `choices`, `0`, `text`.
    func at(_ path: String...) -> JSONNode? {
        path.reduce(self as JSONNode?) { node, name in
            switch node {
            case .object(let members): members[name]
            case .array(let nodes): Int(name).flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
            default: nil
            }
        }
    }
}
