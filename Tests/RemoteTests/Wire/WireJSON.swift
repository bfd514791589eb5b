import Foundation
import Testing

@testable import Remote

/// JSON as texts and as what they stand for.
enum WireJSON {
    /// Whether two texts hold the same JSON, whatever the order of fields.
    static func areEqual(_ first: Data, _ second: String) throws -> Bool {
        let values = try [first, Data(second.utf8)].map {
            try JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed) as? NSObject
        }
        return values[0] == values[1]
    }

    /// Checks that a request is written as the text says, and that the text is read as the request.
    static func check<Request: Codable & Equatable>(
        _ request: Request, is text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try check(encoding: request, as: text, sourceLocation: sourceLocation)
        let read = try JSONDecoder().decode(Request.self, from: Data(text.utf8))
        #expect(read == request, sourceLocation: sourceLocation)
    }

    /// Checks that a request is written as the text says.
    static func check(encoding request: some Encodable, as text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let written = try JSONEncoder().encode(request)
        let isEqual = try areEqual(written, text)
        #expect(isEqual, "\(String(decoding: written, as: UTF8.self)) is not \(text)", sourceLocation: sourceLocation)
    }

    /// A value read from a text.
    static func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
