/// B-STaR's balance of exploration and exploitation in what is kept of one problem, 0…1.
///
/// min(n′/n*, 1)·n′/n, where n responses are kept, n′ of them correct, and n* = `target` correct ones are wanted: the first factor asks for
/// enough different correct responses, the second for a reward that keeps no wrong ones. `kept` must hold no text twice. 0 where nothing is
/// kept (arXiv:2412.17256, §4).
public func balanceScore(of kept: some Collection<ScoredResponse>, target: Int) -> Double {
    precondition(target > 0, "a target of \(target) correct responses")
    guard !kept.isEmpty else { return 0 }
    let correct = Double(kept.count { $0.isCorrect })
    return min(correct / Double(target), 1) * correct / Double(kept.count)
}

/// The mean over problems of a value of what is kept; 0 without problems.
///
/// A problem of which nothing is kept counts too. (B-STaR's code leaves it out, so a threshold that gives up problems costs nothing there;
/// with its reference solutions among the candidates that is rare.)
public func meanOverProblems(_ kept_P: [ArraySlice<ScoredResponse>], _ value: (ArraySlice<ScoredResponse>) -> Double) -> Double {
    kept_P.isEmpty ? 0 : kept_P.reduce(0) { $0 + value($1) } / Double(kept_P.count)
}
