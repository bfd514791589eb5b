import Synchronization

/// Counts the tokens that an endpoint says it has used, and ends the asking where there are enough.
///
/// What is under way when they are used up is still taken, so that nothing paid for is lost: at most so many requests more.
final class TokenBudget: Sendable {
    /// 0 for any number.
    let limit: Int
    private let count = Mutex(0)

    init(_ limit: Int) { self.limit = limit }

    /// Tokens so far, prompts included.
    var used: Int { count.withLock { $0 } }

    /// Stops before a request where the budget is used up.
    func check(_ url: String) throws(OpenAIError) {
        let used = used
        if limit > 0 && used >= limit { throw .budgetSpent(url: url, used: used, budget: limit) }
    }

    /// Adds what an answer has used.
    func add(_ tokens: Int) {
        count.withLock { count in
            let (sum, isTooLarge) = count.addingReportingOverflow(max(0, tokens))
            count = isTooLarge ? .max : sum
        }
    }
}
