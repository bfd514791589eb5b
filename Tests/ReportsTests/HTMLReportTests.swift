import Autodidact
import Foundation
import Reports
import Testing

@Suite("HTML report")
struct HTMLReportTests {
    @Test("is well-formed XHTML of all sections, small, without scripts or anything fetched")
    func structure() throws {
        let html = HTMLReport.html(for: try SampleRun.dossier())
        let page = ParsedPage(html)
        #expect(page.problem == nil)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html xmlns="))
        #expect(html.utf8.count < 1_000_000)
        #expect(page.elements["h1"] == 1)
        #expect(page.elements["h2"] == 8)
        for name in ["script", "img", "link", "iframe", "object", "form"] { #expect(page.elements[name] == nil) }
        #expect(page.attributes.keys.allSatisfy { !$0.hasPrefix("on") && $0 != "href" && $0 != "src" })
        #expect(!html.contains("url("))
    }

    @Test("names and describes every picture that stands alone")
    func accessibility() throws {
        let page = ParsedPage(HTMLReport.html(for: try SampleRun.dossier()))
        let pictures = page.attributes["role"]?.count { $0 == "img" } ?? 0
        #expect(pictures == page.elements["desc"])
        #expect(pictures > 5)
        let ornaments = page.attributes["aria-hidden"]?.count ?? 0
        #expect(page.elements["svg"] == pictures + ornaments)
        #expect(page.attributes["lang"] == ["en"])
    }

    @Test("says before, after, difference, interval, p, n, won and lost")
    func headline() throws {
        let dossier = try SampleRun.dossier()
        let summary = try #require(dossier.summary)
        let text = ParsedPage(HTMLReport.html(for: dossier)).text
        let percent = { (share: Double) in String(format: "%.1f %%", share * 100) }
        #expect(text.contains("Better on problems it had never seen"))
        #expect(text.contains(percent(summary.before.meanAtK().value)))
        #expect(text.contains(percent(summary.after.meanAtK().value)))
        #expect(text.contains(percent(summary.after.passAt(8).value)))
        #expect(text.contains(percent(summary.after.greedyAccuracy().value)))
        #expect(text.contains("+" + String(format: "%.1f", summary.comparison.meanAtK.value * 100) + " points"))
        #expect(text.contains("\(summary.comparison.won) · \(summary.comparison.lost)"))
        #expect(text.contains("on 200 problems, 8 samples each"))
    }

    @Test("marks each gate decision and gives its reason")
    func decisions() throws {
        let dossier = try SampleRun.dossier()
        let text = ParsedPage(HTMLReport.html(for: dossier)).text
        #expect(text.components(separatedBy: "● promoted").count - 1 == dossier.promotions)
        #expect(text.components(separatedBy: "◇ rolled back").count - 1 == dossier.rollbacks)
        #expect(dossier.promotions > 0 && dossier.rollbacks > 0)
        for record in dossier.generations { #expect(text.contains(record.decision.reason)) }
    }

    @Test("says how to run it again")
    func reproduction() throws {
        let text = ParsedPage(HTMLReport.html(for: try SampleRun.dossier())).text
        #expect(text.contains("autodidact run expert-iteration --task countdown --model seedling --seed 1 --generations 8"))
        #expect(text.contains("--set gate.confidence=0.95"))
        #expect(text.contains("--set recipe.levels=1,2,3"))
        #expect(text.contains("Swift 6.3.1"))
    }

    @Test("names the file of a task, and how it was read")
    func taskFile() throws {
        var dossier = try SampleRun.dossier(generations: 1)
        let manifest = dossier.manifest
        dossier.manifest = RunManifest(
            runID: manifest.runID, recipe: manifest.recipe, task: "my.jsonl",
            taskFile: TaskFile(path: "/data/my file.jsonl", contentHash: "c0ffee", verifier: "number", answerField: "a.b"),
            model: manifest.model, seed: manifest.seed, settings: manifest.settings, versions: manifest.versions,
            createdAt: manifest.createdAt)
        let text = ParsedPage(HTMLReport.html(for: dossier)).text
        #expect(text.contains("--task '/data/my file.jsonl' --verifier number --answer-field a.b --model seedling"))
        #expect(text.contains("c0ffee"))
    }

    @Test("shows hostile text as text, wherever it comes from")
    func hostileText() throws {
        let evil = SampleRun.hostile
        var dossier = try SampleRun.dossier(generations: 1, reason: evil)
        dossier.manifest = RunManifest(
            runID: evil, recipe: evil, task: evil, taskFile: TaskFile(path: evil, contentHash: evil, verifier: evil, promptField: evil),
            model: evil, seed: .max, settings: evil, versions: [evil: evil], createdAt: .nan
        )
        let episode = SampleRun.episode(member: 0, length: 3, verdict: .unscorable(reason: evil), prompt: evil, response: evil)
        dossier.digests = [GenerationDigest(number: 1, episodes: [episode], longest: 10)]
        dossier.summary = try SampleRun.summary(text: evil)
        let html = HTMLReport.html(for: dossier)
        let page = ParsedPage(html)
        #expect(page.problem == nil)
        #expect(page.elements["script"] == nil)
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || $0.value == 0x202E })
        #expect(page.text.contains("<script>alert('x')</script> & \"quoted\" ]]> ␀␛[31m␡⟨U+202E⟩evil\u{FFFD} &lt;"))
    }

    @Test("cuts what is too long, with a note")
    func longText() throws {
        var dossier = try SampleRun.dossier(generations: 1)
        let combining = "e" + String(repeating: "\u{301}", count: 500_000)
        for text in [String(repeating: "x", count: 2_000_000), String(repeating: "line\n", count: 100_000), combining] {
            dossier.summary = try SampleRun.summary(text: text)
            let html = HTMLReport.html(for: dossier)
            #expect(html.utf8.count < 300_000)
            #expect(html.contains("more characters"))
            #expect(ParsedPage(html).problem == nil)
        }
    }

    @Test("survives broken Unicode")
    func brokenUnicode() throws {
        var dossier = try SampleRun.dossier(generations: 1)
        let lone = String(decoding: [0xD800, 0x41, 0xDC00] as [UInt16], as: UTF16.self)
        let cut = String(decoding: [0xF0, 0x9F, 0x98, 0x42] as [UInt8], as: UTF8.self)
        dossier.summary = try SampleRun.summary(text: lone + cut)
        let page = ParsedPage(HTMLReport.html(for: dossier))
        #expect(page.problem == nil)
        #expect(page.text.contains("\u{FFFD}A\u{FFFD}"))
    }

    @Test("says what is missing of an unfinished, an empty and an ungated run")
    func incomplete() throws {
        let unfinished = ParsedPage(HTMLReport.html(for: try SampleRun.dossier(generations: 3, isFinished: false)))
        #expect(unfinished.problem == nil)
        #expect(unfinished.text.contains("3 of 8 generations are committed"))
        #expect(unfinished.text.contains("autodidact run --resume 2026-11-14-expert-iteration-7f3a"))
        #expect(!unfinished.text.contains("never seen"))
        var elsewhere = try SampleRun.dossier(generations: 3, isFinished: false)
        elsewhere.places = CommandPlaces(store: " --store other", models: " --models /m")
        let placed = ParsedPage(HTMLReport.html(for: elsewhere)).text
        #expect(placed.contains("autodidact run --resume 2026-11-14-expert-iteration-7f3a --store other --models /m"))
        #expect(placed.contains("autodidact run expert-iteration") && placed.contains("--generations 8 --models /m"))

        let empty = ParsedPage(HTMLReport.html(for: RunDossier(manifest: SampleRun.manifest)))
        #expect(empty.problem == nil)
        #expect(empty.text.contains("Not yet begun"))

        var ungated = try SampleRun.dossier(generations: 1)
        ungated.isGated = false
        #expect(ParsedPage(HTMLReport.html(for: ungated)).text.contains("was not gated"))
    }

    @Test("claims nothing where nothing was promoted, or where the data do not tell")
    func noClaims() throws {
        var dossier = try SampleRun.dossier(generations: 1)
        dossier.summary = try SampleRun.summary(changed: false)
        #expect(HTMLReport.html(for: dossier).contains("Unchanged: no candidate passed the gate"))
        dossier.summary = try SampleRun.summary(changed: false, before: 0)
        #expect(HTMLReport.html(for: dossier).contains("Unchanged: no response to these problems was judged right"))
        dossier.summary = try SampleRun.summary(skill: 0.25)
        #expect(HTMLReport.html(for: dossier).contains("No improvement shown"))
    }

    @Test("is the same text for equal dossiers, and a dossier survives JSON")
    func determinism() throws {
        var dossier = try SampleRun.dossier(generations: 2, isFinished: false)
        dossier.generations = dossier.generations.filter { $0.metrics.values.allSatisfy(\.isFinite) }
        let copy = try JSONDecoder().decode(RunDossier.self, from: JSONEncoder().encode(dossier))
        #expect(HTMLReport.html(for: copy) == HTMLReport.html(for: dossier))
    }

    @Test("is written to the path in SAMPLE_REPORT, to be looked at", .enabled(if: samplePath != nil))
    func sample() throws {
        let path = try #require(Self.samplePath)
        let dossier = try SampleRun.dossier()
        try HTMLReport.html(for: dossier).write(toFile: path + ".html", atomically: true, encoding: .utf8)
        try accuracyPlotSVG(dossier).write(toFile: path + ".svg", atomically: true, encoding: .utf8)
        let unfinished = try SampleRun.dossier(generations: 3, isFinished: false)
        try HTMLReport.html(for: unfinished).write(toFile: path + "-unfinished.html", atomically: true, encoding: .utf8)
        let summary = try #require(dossier.summary)
        let text = runSummaryText(
            summary: summary, records: dossier.generations, manifest: dossier.manifest, reportPath: "/tmp/r.html", color: .ansi)
        try (text + "\n").write(toFile: path + ".txt", atomically: true, encoding: .utf8)
    }

    private static let samplePath = ProcessInfo.processInfo.environment["SAMPLE_REPORT"]
}
