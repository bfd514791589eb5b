import Testing

@testable import Remote

@Suite("Waiting for a result")
struct WaitCourseTests {
    private func course() -> WaitCourse { WaitCourse(patience: .seconds(60), longest: .seconds(3600), now: .zero) }

    @Test("results and refusals are taken", arguments: [200, 400, 401, 402, 403, 422])
    func taken(status: Int) {
        var course = course()
        #expect(course.step(after: .reply(status: status, retryAfter: nil), now: .zero) == .take)
    }

    @Test("a lost result is told from one that is not there yet", arguments: [404, 410])
    func forgotten(status: Int) {
        var course = course()
        #expect(course.step(after: .reply(status: status, retryAfter: nil), now: .zero) == .forgotten)
    }

    @Test("a result that is not there yet is looked for again, at first soon")
    func waiting() {
        var course = course()
        #expect(course.step(after: .reply(status: 408, retryAfter: nil), now: .zero) == .again(after: .milliseconds(100)))
        #expect(course.step(after: .fault(.timedOut(.seconds(60))), now: .seconds(60)) == .again(after: .milliseconds(150)))
        for _ in 0..<20 { _ = course.step(after: .reply(status: 408, retryAfter: nil), now: .seconds(100)) }
        #expect(course.step(after: .reply(status: 408, retryAfter: nil), now: .seconds(100)) == .again(after: .seconds(1)))
    }

    @Test("a result that does not come in time is given up")
    func longest() {
        var course = course()
        #expect(course.step(after: .reply(status: 408, retryAfter: nil), now: .seconds(3600)) == .timedOut)
        #expect(course.step(after: .fault(.timedOut(.seconds(60))), now: .seconds(3600)) == .timedOut)
    }

    @Test("a service that is out of reach is waited for, as long as patience goes since it was last seen")
    func outage() {
        var course = course()
        _ = course.step(after: .reply(status: 408, retryAfter: nil), now: .seconds(500))
        #expect(course.step(after: .fault(.notSent("refused")), now: .seconds(550)) == .again(after: .milliseconds(500)))
        #expect(course.step(after: .reply(status: 503, retryAfter: .seconds(3)), now: .seconds(551)) == .again(after: .seconds(3)))
        #expect(course.step(after: .fault(.cut("reset")), now: .seconds(560)) == .giveUp)
    }

    @Test("an answer that is too long is not asked for again")
    func tooLong() {
        var course = course()
        #expect(course.step(after: .fault(.tooLong(bytes: 1)), now: .zero) == .giveUp)
    }
}
