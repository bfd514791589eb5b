public import CoreMetrics
import Synchronization

/// Keeps the values of metrics in memory, for swift-metrics to write and for `text` to show.
///
/// It is given to counters and gauges by hand (`factory:`), not put in place for the whole program, so two runs or two tests of one
/// process do not share it.
public final class MetricsRegistry: MetricsFactory, Sendable {
    /// A metric with its series by labels, which are sorted by name.
    struct Family {
        var kind: MetricDefinition.Kind
        var help: String?
        var series: [[MetricLabel]: any MetricSeries] = [:]
    }

    private let families: Mutex<[String: Family]>

    /// A registry in which the metrics of these definitions have their help; nothing is shown of a metric before its first value.
    public init(_ definitions: [MetricDefinition] = []) {
        let known = definitions.map { ($0.name, Family(kind: $0.kind, help: $0.help)) }
        families = Mutex(Dictionary(uniqueKeysWithValues: known))
    }

    /// All values now, in the text format of Prometheus, version 0.0.4.
    public var text: String { PrometheusText.text(of: families.withLock { $0 }) }

    /// The series of a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(CounterSeries.self, label, dimensions)
    }

    /// The series of a counter of fractions.
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(CounterSeries.self, label, dimensions)
    }

    /// The series of a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(GaugeSeries.self, label, dimensions)
    }

    /// The series of a gauge or, where values are to be aggregated, of a summary.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { series(SummarySeries.self, label, dimensions) } else { series(GaugeSeries.self, label, dimensions) }
    }

    /// The series of a summary of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(SummarySeries.self, label, dimensions)
    }

    /// Forgets a series.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets a series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }

    /// Forgets a series.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets a series.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets a series.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// The series of these labels, the same at every call; a label that is given twice has its last value.
    private func series<S: MetricSeries>(_ type: S.Type, _ name: String, _ dimensions: [(String, String)]) -> S {
        let byName = Dictionary(dimensions, uniquingKeysWith: { $1 })
        let labels = byName.keys.sorted().map { MetricLabel(name: PrometheusText.labelName($0), value: byName[$0] ?? "") }
        let name = PrometheusText.metricName(name)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: S.kind)
            precondition(family.kind == S.kind, "metric \(name) is a \(family.kind.rawValue) and was asked for as a \(S.kind.rawValue)")
            if let known = family.series[labels] as? S { return known }
            let new = S()
            family.series[labels] = new
            families[name] = family
            return new
        }
    }

    private func remove(_ handler: AnyObject) {
        families.withLock { families in
            families = families.mapValues { family in
                var family = family
                family.series = family.series.filter { $0.value !== handler }
                return family
            }
        }
    }
}

/// A label of a series.
struct MetricLabel: Hashable, Sendable {
    let name: String
    let value: String
}
