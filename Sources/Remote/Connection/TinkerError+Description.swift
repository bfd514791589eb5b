import Texts

extension TinkerError: CustomStringConvertible {
    /// One sentence for people, with what to do.
    public var description: String {
        switch self {
        case .unreachable(let url, let reason):
            "\(url.shown) cannot be reached: \(reason.shown); check that the service runs and the address is right"
        case .timedOut(let url, let duration):
            "\(url.shown) gave no answer within \(duration.inWords); check the service's log, and resume the run when it answers"
        case .refused(let url, let status, let said): "\(url.shown) answered \(status): \(said.shown)\(Self.remedy(status))"
        case .unreadable(let url, let field, let reason):
            "\(url.shown) sent an answer that cannot be read at '\(field.shown)': \(reason.shown); is it a service of the Tinker API?"
        case .forgotten(let url, let what):
            "\(url.shown) does not know \(what.shown) any more; it was restarted or its database was lost, so resume the run"
        case .failed(let url, let said): "\(url.shown) could not do what was asked: \(said.shown); its log says more"
        case .uncertain(let url, let reason):
            "\(url.shown) may or may not have done a training request (\(reason.shown)), and does not know requests again by seq_id; "
                + "nothing is repeated, so resume the run from its last saved state"
        case .notFinite(let url, let field): "\(url.shown) sent a number at '\(field.shown)' that is not finite; lower the learning rate"
        case .inconsistent(let url, let reason):
            "\(url.shown) answers inconsistently: \(reason.shown); nothing more is trained on it, so resume the run"
        case .staleSampler(let url, let difference, let allowed):
            "the sampler of \(url.shown) does not serve the weights that were pushed: logprobs differ by \(difference.inWords) nats, "
                + "\(allowed.inWords) are allowed; restart it, or raise the limit if it computes in a coarser format"
        case .mismatch(let url, let reading, let limits):
            "sampler and trainer of \(url.shown) disagree: \(reading), allowed are \(limits); "
                + "raise the limits, or train with truncated importance weights"
        case .unsupported(let url, let what, let remedy): "\(url.shown) does not support \(what.shown); \(remedy)"
        case .keyInClear(let url):
            "the API key would be sent to \(url.shown) in clear; use https, or a tunnel that ends on this machine"
        case .unusable(let reason): "the remote policy cannot be used: \(reason.shown)"
        case .request(let reason): reason
        }
    }

    private static func remedy(_ status: Int) -> String {
        switch status {
        case 401, 403: "; check the API key"
        case 402: "; the account has no credit"
        case 404: "; check the address and the names of base model and session"
        case 413: "; set a smaller limit on the bytes of a request"
        case 422: "; the service expects other fields, so check its version"
        case 429: "; the service is busy or the account's limit is reached, so try later"
        case 500...: "; its log says more"
        default: ""
        }
    }
}

extension Duration {
    /// In seconds, with what is needed of decimals.
    var inWords: String { "\((self / .seconds(1)).inWords) s" }
}

extension Double {
    /// With three digits, as far as they say something.
    var inWords: String {
        guard isFinite, self != 0 else { return "\(self)" }
        var scale = 1.0
        var size = magnitude
        while size < 100 {
            size *= 10
            scale *= 10
        }
        let rounded = (self * scale).rounded() / scale
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }
}
