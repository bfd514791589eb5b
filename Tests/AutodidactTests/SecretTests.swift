import Autodidact
import Testing

@Suite("A secret")
struct SecretTests {
    static let planted = "sk-Planted.0123456789_~+/="

    private static func secret(_ text: String = planted) throws -> Secret { try Secret(text, from: .environment("KEY")) }

    @Test("is shown by nothing that shows values")
    func hidden() throws {
        struct Holder {
            let name = "holder"
            let secret: Secret
            let all: [String: Secret?]
        }
        let secret = try Self.secret()
        let holder = Holder(secret: secret, all: ["key": secret])
        var dumped = ""
        dump(secret, to: &dumped)
        dump(holder, to: &dumped)
        var printed = ""
        print(secret, holder, [secret], Optional(secret) as Any, to: &printed)
        debugPrint(secret, holder, to: &printed)
        let mirrored = Mirror(reflecting: secret)
        let texts = [
            "\(secret)", secret.description, secret.debugDescription, String(reflecting: secret), String(reflecting: holder), "\(holder)",
            dumped, printed, "\(mirrored.children.map { "\($0)" })",
        ]
        for text in texts {
            #expect(!text.contains("Planted"))
            // Nor as the numbers of its bytes.
            #expect(!text.contains("115, 107, 45"))
        }
        #expect(mirrored.children.isEmpty && "\(secret)" == "[secret]")
        #expect(secret.revealed == Self.planted)
    }

    @Test("cannot be encoded or compared in other ways than by `matches`")
    func notEncodable() throws {
        let secret: Any = try Self.secret()
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Hashable))
    }

    @Test("loses one line end at its end", arguments: ["\n", "\r\n", ""])
    func lineEnd(end: String) throws {
        #expect(try Self.secret(Self.planted + end).revealed == Self.planted)
    }

    @Test("is refused where it cannot be one, without being told")
    func refused() {
        let origin = SecretOrigin.file("token.txt")
        let cases: [(String, SecretError)] = [
            ("", .empty(origin)), ("\n", .empty(origin)), ("Planted\nPlanted", .severalLines(origin)),
            ("Planted\n\n", .severalLines(origin)), ("Planted\rPlanted", .severalLines(origin)), ("Planted Planted", .unfit(origin)),
            ("Planted\u{1B}", .unfit(origin)),
            ("Plantéd Planted", .unfit(origin)), (String(repeating: "Planted", count: 1000), .tooLong(origin)),
        ]
        for (text, expected) in cases {
            let error = #expect(throws: SecretError.self) { try Secret(text, from: origin) }
            #expect(error == expected)
            #expect(error?.description.contains("Planted") == false && error?.description.contains("token.txt") == true)
        }
    }

    @Test("matches itself and nothing else")
    func matching() throws {
        let secret = try Self.secret("abcabc")
        #expect(secret.matches("abcabc") && secret.matches("xabcabc".dropFirst()))
        for other in ["", "a", "abc", "abcab", "abcabcabc", "abcabcabcabc", "Abcabc", "abcabd", "abcabc\n"] {
            #expect(!secret.matches(other), "\(other)")
        }
    }

    @Test("comes from a variable of the environment that is set")
    func environment() throws {
        let absent = try Secret(variable: "KEY", in: [:])
        #expect(absent?.revealed == nil)
        #expect(try Secret(variable: "KEY", in: ["KEY": "abc"])?.revealed == "abc")
        let error = #expect(throws: SecretError.self) { try Secret(variable: "KEY", in: ["KEY": ""]) }
        #expect(error == .empty(.environment("KEY")))
    }
}
