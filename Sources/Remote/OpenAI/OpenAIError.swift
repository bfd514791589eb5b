import Texts

/// Why an endpoint could not be used, or not any further; each says where, what, and what to do.
public enum OpenAIError: Error, Hashable, Sendable {
    /// Nothing answers.
    case unreachable(url: String, reason: String)
    /// No answer came in time.
    case timedOut(url: String, after: Duration)
    /// The endpoint refuses.
    case refused(url: String, status: Int, said: String)
    /// The answer is not what the API says; `field` names the place in it.
    case unreadable(url: String, field: String, reason: String)
    /// The endpoint answers something else than was asked for.
    case inconsistent(url: String, reason: String)
    /// The endpoint does not do what is asked.
    case unsupported(url: String, what: String, remedy: String)
    /// A key would be sent over a connection that others can read.
    case keyInClear(url: String)
    /// As many tokens were used as the user allows.
    case budgetSpent(url: String, used: Int, budget: Int)
    /// A request that no endpoint can serve.
    case request(String)
}

extension OpenAIError: CustomStringConvertible {
    /// One sentence for people, with what to do.
    public var description: String {
        switch self {
        case .unreachable(let url, let reason):
            "\(url.shown) cannot be reached: \(reason.shown); check that the server runs and the address is right"
        case .timedOut(let url, let duration):
            "\(url.shown) gave no answer within \(duration.inWords); check its log, or allow more time for a request"
        case .refused(let url, let status, let said): "\(url.shown) answered \(status): \(Self.clause(said))\(Self.remedy(status))"
        case .unreadable(let url, let field, let reason):
            "\(url.shown) sent an answer that cannot be read at '\(field.shown)': \(reason.shown); is it an OpenAI-compatible endpoint?"
        case .inconsistent(let url, let reason): "\(url.shown) answers inconsistently: \(reason.shown); its log may say more"
        case .unsupported(let url, let what, let remedy): "\(url.shown) does not offer \(what.shown); \(remedy)"
        case .keyInClear(let url):
            "the API key would be sent to \(url.shown) in clear; use https, or a tunnel that ends on this machine"
        case .budgetSpent(let url, let used, let budget):
            "\(url.shown) has counted \(used) tokens, and the budget is \(budget); nothing more is asked, so raise it to go on"
        case .request(let reason): reason
        }
    }

    /// What was said, without the full stop that servers end it in.
    private static func clause(_ said: String) -> String { (said.hasSuffix(".") ? String(said.dropLast()) : said).shown }

    private static func remedy(_ status: Int) -> String {
        switch status {
        case 401, 403: "; check the API key"
        case 402: "; the account has no credit"
        case 404: "; check the address, which mostly ends in /v1, and the name of the model"
        case 400, 413, 422: "; it may be too long for the model, or hold a field that the server does not know"
        case 429: "; the server is busy or the account's limit is reached, so try later or with fewer connections"
        case 500...: "; its log says more"
        default: ""
        }
    }
}
