import Foundation
import Synchronization
import Testing

@testable import AutodidactCLI

@Suite("The first verdict of a user's own program")
struct FirstVerdictTests {
    @Test("where it lets wait, what may be the matter is said meanwhile")
    func late() async {
        let told = Mutex<[String]>([])
        let (signal, continuation) = AsyncStream.makeStream(of: Void.self)
        let answer = await FirstVerdict.awaited(patience: .zero) { text in
            told.withLock { $0.append(text) }
            continuation.finish()
        } _: {
            // The answer comes only after the hint.
            for await _ in signal {}
            return 7
        }
        let hint = "waiting for the verifier's first verdict (does it flush its output after each line?)"
        #expect(answer == 7 && told.withLock { $0 } == [hint])
    }

    @Test("where it comes at once, nothing is said and nothing is waited for")
    func prompt() async {
        let answer = await FirstVerdict.awaited(patience: .seconds(3_600)) { _ in
            Issue.record("said something")
        } _: {
            7
        }
        #expect(answer == 7)
    }
}
