import Autodidact
import Serving
import Testing

@Suite("Addresses to listen at")
struct ListenAddressTests {
    @Test(
        "a port alone is on loopback, a host is taken as it is",
        arguments: [
            ("9090", "127.0.0.1", 9090, "127.0.0.1:9090", true), ("0", "127.0.0.1", 0, "127.0.0.1:0", true),
            ("localhost:1", "127.0.0.1", 1, "127.0.0.1:1", true), ("127.0.0.1:65535", "127.0.0.1", 65_535, "127.0.0.1:65535", true),
            ("127.9.9.9:80", "127.9.9.9", 80, "127.9.9.9:80", true), ("[::1]:80", "::1", 80, "[::1]:80", true),
            ("0.0.0.0:80", "0.0.0.0", 80, "0.0.0.0:80", false), ("[::]:80", "::", 80, "[::]:80", false),
            ("machine.example:80", "machine.example", 80, "machine.example:80", false),
            ("127.0.0.1.example:80", "127.0.0.1.example", 80, "127.0.0.1.example:80", false), ("127.1:80", "127.1", 80, "127.1:80", false),
            ("[::ffff:127.0.0.1]:80", "::ffff:127.0.0.1", 80, "[::ffff:127.0.0.1]:80", false),
            ("127.0.0.256:80", "127.0.0.256", 80, "127.0.0.256:80", false),
        ])
    func taken(text: String, host: String, port: Int, shown: String, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address.host == host && address.port == port && address.description == shown && address.isLoopback == isLoopback)
    }

    @Test(
        "what names none is refused, with what to name",
        arguments: [
            "", "x", "-1", "+1", "65536", "999999999999999999999", "127.0.0.1:", "127.0.0.1:x", ":9090", "[]:80", "[1.2.3.4]:80", "::1:80",
            "a b:80", "a/b:80", "user@host:80", "http://127.0.0.1:80", "\u{1B}[31m:80", "٣",
        ])
    func refused(text: String) {
        let error = #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test("beyond loopback a token is required", arguments: ["0.0.0.0:0", "[::]:0", "machine.example:0"])
    func guarded(text: String) throws {
        let address = try ListenAddress(text)
        let error = #expect(throws: ListeningError.self) { try TestServer.make(at: address, token: nil) }
        #expect(error == .noToken(address) && error?.description.contains("token") == true)
        _ = try TestServer.make(at: address, token: Secret("abc", from: .environment("X")))
    }
}
