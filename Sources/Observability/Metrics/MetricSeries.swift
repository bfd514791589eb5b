import CoreMetrics
import Synchronization

/// One series of a metric: the values of one combination of labels.
protocol MetricSeries: AnyObject, Sendable {
    static var kind: MetricDefinition.Kind { get }

    init()

    /// The values now, with what is appended to the metric's name.
    var samples: [(suffix: String, value: Double)] { get }
}

/// Adds up; whole numbers are exact up to 2⁵³.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    static let kind = MetricDefinition.Kind.counter
    private let total = Mutex(0.0)

    var samples: [(suffix: String, value: Double)] { [("", total.withLock { $0 })] }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        precondition(amount >= 0, "a counter was increased by \(amount); counters only grow")
        total.withLock { $0 += amount }
    }

    func reset() { total.withLock { $0 = 0 } }
}

/// The last value.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    static let kind = MetricDefinition.Kind.gauge
    private let value = Mutex(0.0)

    var samples: [(suffix: String, value: Double)] { [("", value.withLock { $0 })] }

    func set(_ new: Int64) { set(Double(new)) }

    func set(_ new: Double) { value.withLock { $0 = new } }

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func record(_ new: Int64) { set(new) }

    func record(_ new: Double) { set(new) }
}

/// How many values there were, and their sum; of times in seconds.
final class SummarySeries: MetricSeries, RecorderHandler, TimerHandler {
    static let kind = MetricDefinition.Kind.summary
    private let state = Mutex((sum: 0.0, count: 0.0))

    var samples: [(suffix: String, value: Double)] {
        let (sum, count) = state.withLock { ($0.sum, $0.count) }
        return [("_sum", sum), ("_count", count)]
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLock { $0 = ($0.sum + value, $0.count + 1) }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
}
