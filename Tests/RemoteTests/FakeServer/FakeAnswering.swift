import Foundation

@testable import Remote

/// What answers requests without sockets.
protocol FakeAnswering: Sendable {
    /// Answers a request, `body` being nil for GET.
    func answer(_ path: String, _ body: Data?) -> Reply
}

extension FakeService: FakeAnswering {}
