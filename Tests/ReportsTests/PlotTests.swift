import Autodidact
import Testing

@testable import Reports

@Suite("Plots")
struct PlotTests {
    @Test(
        "ticks are round, evenly spaced and enclose the range",
        arguments: [(0.0, 1.0), (0.213, 0.436), (-3.2, 7.9), (1e-9, 5e-9), (0, 98_304), (-0.004, -0.001), (1e9, 1e9 + 3)]
            as [(Double, Double)]
    )
    func ticks(low: Double, high: Double) throws {
        let ticks = niceTicks(from: low, to: high)
        let first = try #require(ticks.first)
        let last = try #require(ticks.last)
        let step = ticks[1] - ticks[0]
        #expect(first <= low + step * 1e-6 && last >= high - step * 1e-6)
        #expect((2...9).contains(ticks.count))
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { abs($1 - $0 - step) < step * 1e-6 })
    }

    @Test("limits whose distance is no number give the ticks of 0...1", arguments: [(-1e308, 1e308), (-1.7e308, 0), (0, 1.7e308)])
    func endlessRange(low: Double, high: Double) { #expect(niceTicks(from: low, to: high) == niceTicks(from: 0, to: 1)) }

    @Test("ticks of known ranges")
    func knownTicks() {
        #expect(niceTicks(from: 0, to: 1, about: 4) == [0, 0.25, 0.5, 0.75, 1])
        #expect(niceTicks(from: 3, to: 97) == [0, 20, 40, 60, 80, 100])
        #expect(wholeTicks(from: 0, to: 8) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(wholeTicks(from: 0, to: 40) == [0, 5, 10, 15, 20, 25, 30, 35, 40])
        #expect(wholeTicks(from: 3, to: 3) == [3])
        #expect(decimals(for: [0, 0.25, 0.5]) == 2)
        #expect(decimals(for: [0, 20, 40]) == 0)
    }

    @Test(
        "a range of no width, or of no numbers, still has an axis",
        arguments: [(0.5, 0.5), (0, 0), (Double.nan, 1), (0, Double.infinity), (2, 1)] as [(Double, Double)]
    )
    func oddRanges(low: Double, high: Double) {
        let ticks = niceTicks(from: low, to: high)
        #expect(ticks.count >= 2 && ticks.allSatisfy(\.isFinite))
    }

    @Test(
        "pixels never carry an exponent or a word",
        arguments: [(12.5, "12.5"), (-0.05, "-0.05"), (1e-9, "0"), (3, "3"), (0.999, "1")] as [(Double, String)])
    func pixels(value: Double, text: String) {
        #expect(SVGPlot.pixels(value) == text)
        #expect(SVGPlot.pixels(.nan) == "0")
        #expect(SVGPlot.pixels(.infinity) == "0")
        #expect(SVGPlot.pixels(1e300) == "1000000")
    }

    @Test("histograms count every number once, ends included")
    func histogram() {
        let histogram = Histogram(of: [0, 0.1, 0.5, 1, 7, -3, .nan, .infinity], low: 0, high: 1, bins: 2)
        #expect(histogram.counts == [3, 4])
        #expect(histogram.shares == [3.0 / 7, 4.0 / 7])
        #expect(Histogram(of: [], low: 0, high: 1, bins: 3).shares == [0, 0, 0])
    }

    @Test("the README picture is well-formed, with or without generations", arguments: [0, 1, 8, 60])
    func picture(generations: Int) throws {
        let svg = accuracyPlotSVG(try SampleRun.dossier(generations: generations, isFinished: false))
        let page = ParsedPage(svg)
        #expect(page.problem == nil)
        #expect(svg.hasPrefix("<svg xmlns="))
        #expect(page.elements["title", default: 0] >= 1 && page.elements["desc"] == 1)
        #expect(ParsedPage(accuracyPlotSVG(RunDossier(manifest: SampleRun.manifest))).text.contains("nothing is committed yet"))
    }

    @Test("the incumbent's line stays where a candidate was rolled back")
    func incumbentCourse() throws {
        let trials = AccuracyPlot(try SampleRun.dossier()).trials
        for (previous, trial) in zip(trials, trials.dropFirst()) {
            #expect(trial.incumbent == (trial.isPromoted ? trial.candidate : previous.incumbent))
        }
    }
}
