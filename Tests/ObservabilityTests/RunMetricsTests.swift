import Autodidact
import Foundation
import Observability
import Testing

@Suite("The metrics of a run")
struct RunMetricsTests {
    private func text(_ events: [LoopEvent]) -> [String] {
        let registry = MetricsRegistry(RunMetric.definitions)
        let metrics = RunMetrics(registry, clock: StoppedClock())
        metrics.begin(Samples.manifest, generations: 8)
        for event in events { metrics.receive(event) }
        return registry.text.split(separator: "\n").map(String.init)
    }

    @Test("follow its events")
    func course() throws {
        let alarm = Alarm(name: "length", finding: "", advice: "")
        let lines = text([
            .baseline(Samples.evaluation(correct: 2)), .generationStarted(number: 1, of: 8),
            .progress(phase: .sample, done: 5, total: 10, tokens: 50), .generationCommitted(try Samples.record()),
            .generationStarted(number: 2, of: 8),
            .generationCommitted(try Samples.record(2, .rolledBack, unscorable: 3, alarms: [alarm])), .finished(try Samples.summary()),
        ])
        for line in [
            "autodidact_run_info{gated=\"true\",model=\"seedling\",recipe=\"grpo\",run_id=\"20261121-153012-countdown-grpo-s1\","
                + "seed=\"1\",task=\"countdown\",version=\"0.1.0\"} 1",
            "autodidact_generation 2", "autodidact_generations 8", "autodidact_phase_done{phase=\"sample\"} 5",
            "autodidact_phase_planned{phase=\"sample\"} 10", "autodidact_phase_tokens{phase=\"sample\"} 50",
            "autodidact_phase_seconds_sum{phase=\"train\"} 4.5", "autodidact_phase_seconds_count{phase=\"train\"} 2",
            "autodidact_episodes_total 200", "autodidact_correct_episodes_total 80", "autodidact_unscorable_verdicts_total 3",
            "autodidact_tokens_sampled_total 4000", "autodidact_tokens_trained_total 3000", "autodidact_optimizer_steps_total 24",
            "autodidact_skipped_steps_total 2", "autodidact_promotions_total 1", "autodidact_rollbacks_total 1",
            "autodidact_alarms_total{alarm=\"length\"} 1", "autodidact_heldout_mean_at_k{weights=\"base\"} 0.2",
            "autodidact_heldout_mean_at_k{weights=\"incumbent\"} 0.5", "autodidact_heldout_mean_at_k{weights=\"candidate\"} 0.5",
            "autodidact_sealed_mean_at_k{weights=\"base\"} 0.2", "autodidact_sealed_mean_at_k{weights=\"incumbent\"} 0.6",
            "autodidact_generation_metric{name=\"reward\"} 0.25", "autodidact_run_finished 1",
            "autodidact_last_event_timestamp_seconds 1795000000.25",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test("begin at zero, and count what was committed before a resume")
    func resumed() throws {
        #expect(text([]).contains("autodidact_promotions_total 0"))
        let base = Samples.evaluation(correct: 2)
        let lines = text([
            .resumed(committed: [try Samples.record(), try Samples.record(2)], baseline: base, incumbent: Samples.evaluation(correct: 5))
        ])
        for line in [
            "autodidact_promotions_total 2", "autodidact_generation 2", "autodidact_episodes_total 200",
            "autodidact_heldout_mean_at_k{weights=\"incumbent\"} 0.5",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test("say which alarms keep promotion paused, and when they no longer do")
    func paused() throws {
        func values(_ name: String, _ events: [LoopEvent]) -> [String] {
            text(events).filter { $0.hasPrefix("autodidact_promotion_paused{alarm=\"\(name)\"}") }.map { String($0.suffix(1)) }
        }
        let audit = Alarm(name: "audit", finding: "", advice: "")
        let paused = LoopEvent.generationCommitted(
            try Samples.record(1, .rolledBack, alarms: [audit], pauses: [AlarmPause(alarm: audit, since: 1)]))
        for name in ["reward-hacking", "repetition", "verifier-errors", "audit"] { #expect(values(name, []) == ["0"]) }
        #expect(values("audit", [paused]) == ["1"] && values("repetition", [paused]) == ["0"])
        #expect(values("audit", [paused, .generationCommitted(try Samples.record(2))]) == ["0"])
        #expect(values("length-drift", [paused]).isEmpty, "it refuses its own candidate only")
    }

    @Test("what is not known is NaN, and a figure that is no count does not end the run")
    func unknown() throws {
        let lines = text([
            .baseline(Samples.evaluation(correct: 0, judged: 0)),
            .generationCommitted(try Samples.record(metrics: ["loss": .nan, "train/steps": .nan, "train/skipped_steps": -1])),
        ])
        #expect(lines.contains("autodidact_heldout_mean_at_k{weights=\"base\"} NaN"))
        #expect(lines.contains("autodidact_generation_metric{name=\"loss\"} NaN"))
        #expect(lines.contains("autodidact_optimizer_steps_total 0") && lines.contains("autodidact_skipped_steps_total 0"))
    }

    @Test("every metric that is written is defined, with just these labels, and every defined one is written")
    func defined() throws {
        let alarm = Alarm(name: "length", finding: "", advice: "")
        let base = Samples.evaluation(correct: 2)
        let lines = text([
            .baseline(base), .progress(phase: .train, done: 1, total: 2, tokens: 3),
            .generationCommitted(try Samples.record(alarms: [alarm])),
            .finished(try Samples.summary()),
        ])
        var labels: [String: Set<String>] = [:]
        for line in lines where !line.hasPrefix("#") {
            let name = line.prefix { $0 != "{" && $0 != " " }
            let names = line.matches(of: /([a-z_]+)="/).map { String($0.output.1) }
            labels[String(name), default: []].formUnion(names)
        }
        for definition in RunMetric.definitions {
            let names = definition.kind == .summary ? ["\(definition.name)_sum", "\(definition.name)_count"] : [definition.name]
            for name in names { #expect(labels.removeValue(forKey: name) == Set(definition.labels), "\(name)") }
            let kinds = lines.filter { $0.hasPrefix("# TYPE \(definition.name) ") }
            #expect(kinds == ["# TYPE \(definition.name) \(definition.kind.rawValue)"])
            #expect((definition.kind == .counter) == definition.name.hasSuffix("_total"), "\(definition.name)")
        }
        #expect(labels.isEmpty, "\(labels)")
    }

    @Test("docs/METRICS.md has just these metrics, with kind, labels and help")
    func documented() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/METRICS.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `autodidact_") }.map(String.init)
        let expected = RunMetric.definitions.map { metric in
            let labels = metric.labels.isEmpty ? "–" : metric.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |"
        }
        #expect(rows == expected)
    }
}
