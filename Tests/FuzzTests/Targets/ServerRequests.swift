/// Requests that a metrics server shows its metrics to, with what else may follow on a connection.
let sampleRequests: [String] = {
    let sound = request()
    return [
        sound, sound + sound, request("Connection: close"), request("Connection: keep-alive", version: "HTTP/1.0"),
        request("GET /metrics?a=b"), request("GET http://localhost/metrics"),
        request(
            "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", "Accept-Encoding: gzip",
            "User-Agent: Prometheus/3.0.0", "X-Prometheus-Scrape-Timeout-Seconds: 10"),
        request("Content-Length: 5") + "abcde" + sound,
        request("Expect: 100-continue", "Content-Length: 0") + sound,
        sound + request("HEAD /metrics") + request("POST /metrics", "Content-Length: 3") + "a=b" + request("GET /other") + sound,
        sound + request("Transfer-Encoding: chunked") + "5\r\nabcde\r\n3;a=b\r\nabc\r\n0\r\nTrailer: x\r\n\r\n" + sound,
        sound + request("CONNECT localhost:80") + sound, request("Connection: Upgrade", "Upgrade: websocket") + sound,
        sound + "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n" + sound,
    ]
}()

/// A request with the token; the first of `lines` may be what is asked for.
private func request(_ lines: String..., version: String = "HTTP/1.1") -> String {
    let isAsking = lines.first.map { !$0.contains(": ") } ?? false
    let headers = ["Host: localhost", "Authorization: Bearer fuzz.token-17"] + lines.dropFirst(isAsking ? 1 : 0)
    return "\(isAsking ? lines[0] : "GET /metrics") \(version)\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n"
}

/// What stands in requests.
let requestWords = [
    "GET", "HEAD", "POST", "CONNECT", "OPTIONS", "PRI", "M-SEARCH", "SOURCE", "FOO", "/metrics", "/", "*", "http://[::1]:80/metrics",
    "http://é.example/metrics", "://", "x:?y", "localhost:80", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.10", "SM", "\r\n",
    "\r\n\r\n", "\n", "\r", " ", "\t", ":", ": ", ",", ";", "Host: localhost", "Host: a, b", "Authorization: Bearer fuzz.token-17",
    "Authorization: bearer  fuzz.token-17", "Authorization: Basic fuzz.token-17", "Authorization: Bearer fuzz.token-18", "Authorization:",
    "Bearer", "fuzz.token-17", "Connection: close", "Connection: Close", "Connection: keep-alive, close", "Connection: Upgrade",
    "Upgrade: h2c", "Upgrade: websocket", "HTTP2-Settings: AAMAAABkAAQAAP__", "Content-Length: 0", "Content-Length: 5",
    "Content-Length: 4097",
    "Content-Length: -1", "Content-Length: 5, 5", "Content-Length : 5", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, identity", "Transfer-Encoding:\u{0B}chunked", "TE: trailers", "Trailer: Authorization",
    "Expect: 100-continue", "Cookie: a=b; c=d", "0\r\n\r\n", "5\r\nabcde\r\n", "ffffffffffffffff\r\n",
    "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer fuzz.token-17\r\n\r\n",
]
