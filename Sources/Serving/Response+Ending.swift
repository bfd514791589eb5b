import HTTPTypes
import Hummingbird

extension Response {
    /// An answer with a whole text.
    ///
    /// - Parameter endsConnection: Whether nothing more is read after it.
    init(to head: HTTPRequest, _ status: HTTPResponse.Status, _ text: String, _ fields: HTTPFields, endsConnection: Bool) {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        for field in fields { headers[field.name] = field.value }
        // After HEAD a text would be taken for the next answer.
        let text = ByteBuffer(string: head.method == .head ? "" : text)
        guard endsConnection else {
            self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: text))
            return
        }
        headers[.connection] = "close"
        self.init(
            status: status, headers: headers,
            body: ResponseBody(contentLength: text.readableBytes) { writer in
                try await writer.write(text)
                try await writer.finish(nil)
                throw ConnectionEnded()
            })
    }
}

/// Ends a connection from which nothing more is read.
struct ConnectionEnded: Error {}
