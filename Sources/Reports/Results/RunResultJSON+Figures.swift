import Autodidact

extension RunResultJSON.Side {
    init(_ scores: Scores) {
        self.init(meanAtK: scores.meanAtK.value, passAtK: scores.passAtK.value, greedy: scores.greedy.value)
    }
}

extension RunResultJSON.Seconds {
    init(_ summary: RunSummary) {
        let seconds = summary.seconds
        self.init(
            total: summary.wallSeconds, sample: seconds[.sample], verify: seconds[.verify], train: seconds[.train],
            evaluate: seconds[.evaluate], write: seconds[.write]
        )
    }
}
