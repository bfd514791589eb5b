import Autodidact

/// Held-out accuracy by generation as an SVG file of its own, for a README; it follows the viewer's light or dark setting.
///
/// The line is the incumbent with its 95 % interval; a dot is a promoted candidate, a diamond one that was rolled back.
public func accuracyPlotSVG(_ dossier: RunDossier) -> String {
    AccuracyPlot(dossier).picture(margin: 20, style: PlotStyle.standalone).source + "\n"
}

/// Held-out accuracy by generation: the incumbent's course and every candidate that was tried.
struct AccuracyPlot: Sendable {
    /// One candidate, in the order tried; number 0 is the base.
    struct Trial: Sendable, Hashable {
        let number: Int
        let candidate: Estimate
        let incumbent: Estimate
        let isPromoted: Bool
    }

    /// The base and all candidates.
    let trials: [Trial]
    private let k: Int
    private let n: Int
    private let planned: Int
    private let isGated: Bool

    /// The course of a run, as far as it is committed.
    init(_ dossier: RunDossier) {
        var trials: [Trial] = []
        if let base = dossier.baseline?.meanAtK() {
            trials.append(Trial(number: 0, candidate: base, incumbent: base, isPromoted: true))
        }
        let rollbacks = dossier.lineage?.rollbacks ?? []
        let ends = rollbacks.isEmpty ? [] : RunLine.lines(dossier.generations, rollbacks: rollbacks).ends
        for record in dossier.generations {
            let candidate = record.evaluation.meanAtK()
            let isPromoted = record.decision.outcome == .promoted
            // After a rollback by hand a candidate is held against the incumbent that stands again.
            let standing = ends.isEmpty ? trials.last?.incumbent : trials.first { $0.number == ends[record.number].incumbent }?.candidate
            let incumbent = isPromoted ? candidate : standing ?? candidate
            trials.append(Trial(number: record.number, candidate: candidate, incumbent: incumbent, isPromoted: isPromoted))
        }
        self.trials = trials
        let evaluation = dossier.baseline ?? dossier.generations.first?.evaluation
        k = evaluation?.samplesPerProblem ?? 0
        n = evaluation?.outcomes.count ?? 0
        planned = max(1, dossier.plannedGenerations ?? 0, trials.last?.number ?? 0)
        isGated = dossier.isGated
    }

    /// The plot; `margin` and `style` where it is a file of its own.
    func picture(margin: Double = 0, style: Markup = .empty) -> Markup {
        let ticks = valueTicks
        let frame = PlotFrame(
            width: 800, height: 380, left: 52, right: 96, top: 44, bottom: 52, x: (0, Double(planned)),
            y: (ticks.first ?? 0, ticks.last ?? 1)
        )
        return SVGPlot.picture(width: 800, height: 380, margin: margin, title: title, summary: summary, style: style) {
            legend
            frame.verticalAxis(ticks) { Figures.fixed($0 * 100, decimals(for: ticks.map { $0 * 100 })) + " %" }
            frame.horizontalAxis(wholeTicks(from: 0, to: planned).map(Double.init), title: "generation") { Figures.fixed($0, 0) }
            course(in: frame)
            trials.map { attempt($0, in: frame) }
            trials.map { mark($0, in: frame) }
            endLabel(in: frame)
        }
    }

    /// Ticks around all intervals, within 0...1; from 0 where that costs little room.
    private var valueTicks: [Double] {
        let low = trials.map(\.candidate.low).min() ?? 0
        let high = trials.map(\.candidate.high).max() ?? 1
        return niceTicks(from: low < high * 0.45 ? 0 : max(0, low), to: min(1, high), about: 5)
    }

    private var title: String { "Held-out accuracy by generation" }

    private var summary: String {
        guard let first = trials.first, let last = trials.last else { return "Nothing is committed yet." }
        let refused = trials.count { !$0.isPromoted }
        return
            "mean@\(k) on \(counted(n, "held-out problem")), with 95 % intervals. The incumbent goes from "
            + "\(Figures.percent(first.incumbent.value)) to \(Figures.percent(last.incumbent.value)) in "
            + "\(counted(trials.count - 1, "generation")); \(counted(refused, "candidate")) \(refused == 1 ? "was" : "were") "
            + "rolled back."
    }

    private var legend: Markup {
        let y = 16.0
        return Markup([
            SVGPlot.label("mean@\(k) on \(counted(n, "held-out problem"))", at: (0, y + 4), class: "strong"),
            SVGPlot.dot((248, y), radius: 5, class: "mark"),
            SVGPlot.label(isGated ? "promoted" : "kept, not gated", at: (259, y + 4)),
            isGated ? SVGPlot.diamond((344, y), radius: 6, class: "mark refused") : .empty,
            isGated ? SVGPlot.label("rolled back", at: (356, y + 4)) : .empty,
            SVGPlot.line((450, y - 7), (450, y + 7), class: "whisker"),
            SVGPlot.label("95 % interval", at: (459, y + 4)),
        ])
    }

    private func course(in frame: PlotFrame) -> Markup {
        func line(_ end: (Estimate) -> Double) -> [SVGPlot.Point] { trials.map { frame.point(Double($0.number), end($0.incumbent)) } }
        return Markup([
            SVGPlot.band(line(\.high), line(\.low), class: "band"),
            SVGPlot.polyline(line(\.value), class: "line"),
        ])
    }

    private func mark(_ trial: Trial, in frame: PlotFrame) -> Markup {
        let place = Double(trial.number)
        let center = frame.point(place, trial.candidate.value)
        let note = note(trial)
        let whisker = SVGPlot.line(
            frame.point(place, trial.candidate.low), frame.point(place, trial.candidate.high),
            class: trial.number == 0 ? "whisker before" : trial.isPromoted ? "whisker" : "whisker refused"
        )
        if trial.isPromoted {
            let isBase = trial.number == 0
            return Markup([whisker, SVGPlot.dot(center, radius: 5.5, class: isBase ? "mark before" : "mark", note: note)])
        }
        return Markup([whisker, SVGPlot.diamond(center, radius: 6.5, class: "mark refused", note: note)])
    }

    /// From the incumbent of the time to a candidate that was refused.
    private func attempt(_ trial: Trial, in frame: PlotFrame) -> Markup {
        let from = frame.point(Double(trial.number - 1), trial.incumbent.value)
        let to = frame.point(Double(trial.number), trial.candidate.value)
        return trial.isPromoted ? .empty : SVGPlot.line(from, to, class: "trial")
    }

    private func note(_ trial: Trial) -> String {
        let name = trial.number == 0 ? "base" : "generation \(trial.number), " + (trial.isPromoted ? "promoted" : "rolled back")
        return "\(name): \(Figures.percent(trial.candidate.value)) \(Figures.interval(trial.candidate))"
    }

    private func endLabel(in frame: PlotFrame) -> Markup {
        guard let last = trials.last else {
            return SVGPlot.label("nothing is committed yet", at: (400, 190), anchor: "middle")
        }
        let (x, y) = frame.point(Double(last.number), last.incumbent.value)
        return Markup([
            SVGPlot.label(Figures.percent(last.incumbent.value), at: (x + 14, y + 1), class: "after"),
            SVGPlot.label(last.number == 0 ? "base" : "incumbent", at: (x + 14, y + 16)),
        ])
    }
}
