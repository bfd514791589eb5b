import Autodidact
import HTTPTypes
import TestSupport
import Testing

@testable import Serving

@Suite("Places of the API server")
struct APIPlacesTests {
    private static let body = String(decoding: AskedAnswerTests.completion("\"max_tokens\": 1"), as: UTF8.self)
    private static let model = #"{"created":17,"id":"m","object":"model","owned_by":"autodidact"}"#

    @Test("the model is listed, and is there by its name")
    func models() async throws {
        let list = try await APIAnswer.get("/v1/models?x=1")
        #expect(list.status == 200 && list.text == #"{"data":[\#(Self.model)],"object":"list"}"# && !list.endsConnection)
        #expect(try await APIAnswer.get("/v1/models/m").text == Self.model)
        #expect(try await APIAnswer.get("/v1/models/%6D").text == Self.model)
        #expect(try await APIAnswer.get("/health").text == #"{"status":"ok"}"#)
    }

    @Test(
        "there is nothing else",
        arguments: [
            ("/", "unknown_url"), ("/v1", "unknown_url"), ("/v1/models/", "model_not_found"), ("/v1/models/other", "model_not_found"),
            ("/v1/embeddings", "unknown_url"), ("/v1/completions/", "unknown_url"), ("//v1/models", "unknown_url"), ("*", "unknown_url"),
            ("", "unknown_url"), ("/v1/models/%", "model_not_found"),
        ])
    func absent(path: String, code: String) async throws {
        let answer = try await APIAnswer.get(path)
        #expect(answer.status == 404 && answer.endsConnection)
        #expect(try answer.json.at("error", "code") == .string(code))
    }

    @Test(
        "each takes its own method",
        arguments: [("/v1/models", "GET"), ("/health", "GET"), ("/v1/completions", "POST"), ("/v1/chat/completions", "POST")])
    func methods(path: String, allowed: String) async throws {
        for method in [HTTPRequest.Method.get, .post, .put, .delete, .options, .head] where method.rawValue != allowed {
            let answer = try await APIAnswer.get(path, method: method)
            #expect(answer.status == 405 && answer.headers[.allow] == allowed && answer.endsConnection)
            #expect(answer.text.isEmpty == (method == .head))
        }
    }

    @Test("a request for a model that is not here is told so")
    func otherModel() async throws {
        let body = Self.body.replacing("\"m\"", with: "\"gpt\"")
        let answer = try await APIAnswer.get("/v1/completions", method: .post, body: body)
        #expect(answer.status == 404)
        #expect(try answer.json.at("error", "code") == .string("model_not_found"))
    }

    @Test("without the token nothing is told, not even what there is", arguments: ["/v1/models", "/health", "/other", "/v1/completions"])
    func unauthorized(path: String) async throws {
        for value in ["", "Bearer", "Bearer wrong", "Basic token", "Bearer tokentoken"] {
            let answer = try await APIAnswer.get(path, fields: [.authorization: value], token: "token")
            #expect(answer.status == 401 && answer.endsConnection && answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            #expect(try answer.json.at("error", "code") == .string("invalid_api_key"))
        }
        #expect(try await APIAnswer.get("/v1/models", fields: [.authorization: "Bearer token"], token: "token").status == 200)
    }

    @Test("a body has a type, and is no larger than it may be")
    func bodies() async throws {
        let path = "/v1/completions"
        for type in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"] {
            #expect(try await APIAnswer.get(path, method: .post, body: Self.body, fields: [.contentType: type]).status == 200)
        }
        for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json", ""] {
            let answer = try await APIAnswer.get(path, method: .post, body: Self.body, fields: [.contentType: type])
            #expect(answer.status == 415 && answer.endsConnection)
        }
        let length = Self.body.utf8.count
        #expect(try await APIAnswer.get(path, method: .post, body: Self.body, bodyBytes: length).status == 200)
        let larger = try await APIAnswer.get(path, method: .post, body: Self.body, bodyBytes: length - 1)
        #expect(larger.status == 413 && larger.endsConnection)
        for said in ["99999", "99999999999999999999", "x"] {
            let fields: HTTPFields = [.contentType: "application/json", .contentLength: said]
            #expect(try await APIAnswer.get(path, method: .post, body: Self.body, fields: fields).status == 413)
        }
    }

    @Test("a wish to end the connection is heard in every spelling")
    func endings() async throws {
        for (connection, ends) in [("Close", true), ("keep-alive", false), ("upgrade", true)] {
            let fields: HTTPFields = [.contentType: "application/json", .connection: connection]
            for body in [Self.body, Self.body.replacing("\"max_tokens\"", with: "\"stream\": true, \"max_tokens\"")] {
                let answer = try await APIAnswer.get("/v1/completions", method: .post, body: body, fields: fields)
                #expect(answer.status == 200 && answer.endsConnection == ends)
            }
        }
    }
}
