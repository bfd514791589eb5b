import Autodidact

extension LiveDisplay {
    /// The lines to draw, none wider than `width` columns.
    public func lines(width: Int, at now: Duration, color: TerminalColor) -> [String] {
        styledLines(width: width, at: now).map { $0.cut(to: max(1, width)).rendered(color) }
    }

    /// As `lines`, before colour.
    func styledLines(width: Int, at now: Duration) -> [StyledText] {
        [titleLine(width, now), phaseLine(width), paceLine(width, now), accuracyLine(width), gateLine(width), alarmLine(width)].filter {
            !$0.isEmpty
        }
    }

    private func titleLine(_ width: Int, _ now: Duration) -> StyledText {
        let elapsed = StyledText(Figures.seconds((now - started) / .seconds(1)), .soft)
        let title = StyledText(title, .strong)
        let room = width - elapsed.width - 2
        return room < 12 ? title.cut(to: width) : title.cut(to: room).padded(to: room) + StyledText("  ") + elapsed
    }

    /// Generation, phase, bar and count, in that order of importance.
    private func phaseLine(_ width: Int) -> StyledText {
        let place =
            isFinished
            ? "finished"
            : generation == 0 ? "base model" : "generation \(generation)" + (generations > 0 ? " of \(generations)" : "")
        let head = StyledText(place, .accent)
        guard let phase else { return isFinished ? head : [head, StyledText("starting", .soft)].fitted(to: width) }
        let doing = StyledText(phase.words.doing)
        let count = StyledText("\(phase.done)/\(phase.total)", .soft)
        let room = width - head.width - doing.width - count.width - 6
        let bar = room >= 6 ? StyledText(progressBar(phase.share, width: min(room, 40)), .accent) : StyledText()
        return (bar.isEmpty ? [head, doing, count] : [head, doing, bar, count]).fitted(to: width)
    }

    private func paceLine(_ width: Int, _ now: Duration) -> StyledText {
        var parts: [StyledText] = []
        if let left = secondsLeft(at: now) { parts.append(StyledText("about \(Figures.seconds(left)) left")) }
        if let rate = phase?.tokensPerSecond { parts.append(StyledText("\(Figures.count(rate)) tokens/s")) }
        if let phase, let rate = phase.unitsPerSecond { parts.append(StyledText("\(Figures.count(rate)) \(phase.words.unit)/s")) }
        if let last = committed.last, last.episodes > 0 {
            let share = Double(last.correct) / Double(last.episodes)
            parts.append(StyledText("\(Figures.percent(share)) of training episodes solved in generation \(last.number)", .soft))
        }
        return parts.isEmpty ? StyledText() : parts.fitted(to: width, separator: " · ")
    }

    private func accuracyLine(_ width: Int) -> StyledText {
        guard let baseline, let incumbent else { return StyledText() }
        let course = [baseline.value] + committed.map(\.candidate.value)
        let figure = "mean@\(samplesPerProblem) \(Figures.percent(incumbent.value))"
        return [
            StyledText("held-out", .soft), StyledText(sparkline(course, limit: max(8, width / 4)), .accent), StyledText(figure, .strong),
            StyledText(Figures.interval(incumbent), .soft), StyledText("from \(Figures.percent(baseline.value))", .soft),
        ].fitted(to: width)
    }

    /// The alarms of the last generation; those of earlier ones are counted at the end.
    private func alarmLine(_ width: Int) -> StyledText {
        guard let last = committed.last, let first = last.alarms.first else { return StyledText() }
        let more = last.alarms.count > 1 ? " (and \(last.alarms.count - 1) more)" : ""
        return [StyledText("alarm   ", .bad), StyledText("\(first.name)\(more): \(first.finding)")].fitted(to: width)
    }

    private func gateLine(_ width: Int) -> StyledText {
        guard !committed.isEmpty else { return StyledText() }
        let promoted = committed.count { $0.outcome == .promoted }
        let shown = committed.suffix(max(8, width / 4))
        let marks = shown.reduce(StyledText()) {
            $0 + ($1.outcome == .promoted ? StyledText("●", .good) : StyledText("◇", .bad))
        }
        let counts = "\(promoted) promoted, \(committed.count - promoted) rolled back"
        return [StyledText("gate    ", .soft), marks, StyledText(counts)].fitted(to: width)
    }
}
