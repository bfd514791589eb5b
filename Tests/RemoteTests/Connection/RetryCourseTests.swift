import Testing

@testable import Remote

@Suite("Whether a request is made again")
struct RetryCourseTests {
    private func course(_ isRepeatable: Bool, patience: Duration = .seconds(60)) -> RetryCourse {
        RetryCourse(isRepeatable: isRepeatable, patience: patience, now: .zero)
    }

    @Test("successes and refusals are taken", arguments: [200, 201, 400, 401, 404, 409, 422], [true, false])
    func taken(status: Int, isRepeatable: Bool) {
        var course = course(isRepeatable)
        #expect(course.step(after: .reply(status: status, retryAfter: nil), now: .zero) == .take)
    }

    @Test(
        "what the service cannot have done is always asked again",
        arguments: [
            Attempt.reply(status: 429, retryAfter: nil), .reply(status: 425, retryAfter: nil), .fault(.notSent("refused")),
        ])
    func again(attempt: Attempt) {
        for isRepeatable in [true, false] {
            var course = course(isRepeatable)
            #expect(course.step(after: attempt, now: .zero) == .again(after: .milliseconds(500)))
        }
    }

    @Test(
        "what the service may have done is asked again only where that is safe",
        arguments: [
            Attempt.reply(status: 408, retryAfter: nil), .reply(status: 500, retryAfter: nil), .reply(status: 502, retryAfter: nil),
            .reply(status: 503, retryAfter: nil), .reply(status: 504, retryAfter: nil), .fault(.cut("reset")),
            .fault(.timedOut(.seconds(60))),
        ])
    func uncertain(attempt: Attempt) {
        var safe = course(true)
        #expect(safe.step(after: attempt, now: .zero) == .again(after: .milliseconds(500)))
        var unsafe = course(false)
        #expect(unsafe.step(after: attempt, now: .zero) == .uncertain)
    }

    @Test("waits double up to half a minute, and Retry-After goes first")
    func waits() {
        var course = course(true, patience: .seconds(600))
        var waits: [Duration] = []
        for _ in 0..<8 {
            guard case .again(let wait) = course.step(after: .fault(.notSent("")), now: .zero) else { break }
            waits.append(wait)
        }
        #expect(waits == [0.5, 1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        #expect(course.step(after: .reply(status: 429, retryAfter: .seconds(7)), now: .zero) == .again(after: .seconds(7)))
    }

    @Test("patience ends before a wait that would pass it")
    func patience() {
        var course = course(true, patience: .seconds(10))
        #expect(course.step(after: .fault(.notSent("")), now: .seconds(9)) == .again(after: .milliseconds(500)))
        #expect(course.step(after: .fault(.notSent("")), now: .seconds(9.5)) == .giveUp)
        var asked = self.course(true, patience: .seconds(10))
        #expect(asked.step(after: .reply(status: 429, retryAfter: .seconds(60)), now: .zero) == .giveUp)
    }
}
