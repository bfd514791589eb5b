import CoreMetrics
import Observability
import Testing

@Suite("The text format of Prometheus")
struct PrometheusTextTests {
    @Test("is version 0.0.4 to the letter")
    func format() {
        let registry = MetricsRegistry([
            MetricDefinition("b_total", .counter, help: "Counts \\ and\nmore \"quotes\"."),
            MetricDefinition("unused", .gauge, help: "Never set."),
            MetricDefinition("a_seconds", .summary, labels: ["phase"], help: "Times."),
        ])
        Counter(label: "b_total", factory: registry).increment(by: 3)
        FloatingPointCounter(label: "b_total", factory: registry).increment(by: 0.5)
        Timer(label: "a_seconds", dimensions: [("phase", "train")], factory: registry).recordNanoseconds(1_500_000_000)
        Timer(label: "a_seconds", dimensions: [("phase", "train")], factory: registry).recordNanoseconds(500_000_000)
        Recorder(label: "a_seconds", dimensions: [("phase", "sample")], aggregate: true, factory: registry).record(0.25)
        Meter(label: "c", dimensions: [("z", "1"), ("a", "quote \" back \\ line \n ü")], factory: registry).set(-1.5)
        #expect(
            registry.text == """
                # HELP a_seconds Times.
                # TYPE a_seconds summary
                a_seconds_sum{phase="sample"} 0.25
                a_seconds_count{phase="sample"} 1
                a_seconds_sum{phase="train"} 2
                a_seconds_count{phase="train"} 2
                # HELP b_total Counts \\\\ and\\nmore "quotes".
                # TYPE b_total counter
                b_total 3.5
                # TYPE c gauge
                c{a="quote \\" back \\\\ line \\n ü",z="1"} -1.5

                """)
    }

    @Test(
        "values are written as Go reads them",
        arguments: [
            (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (0, "0"), (-0.0, "0"), (42, "42"), (0.1, "0.1"),
            (1e-5, "1e-05"),
            (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"), (-3, "-3"),
        ])
    func values(value: Double, text: String) {
        let registry = MetricsRegistry()
        Meter(label: "x", factory: registry).set(value)
        #expect(registry.text == "# TYPE x gauge\nx \(text)\n")
    }

    @Test("nothing is shown of what has no value")
    func empty() {
        #expect(MetricsRegistry(RunMetric.definitions).text.isEmpty)
    }

    @Test(
        "names that the format does not allow are changed until it does",
        arguments: [("a.b-c/d", "a_b_c_d"), ("9a", "_9a"), ("", "_"), ("ü:x", "_:x")])
    func names(name: String, text: String) {
        let registry = MetricsRegistry()
        Meter(label: name, dimensions: [(name, "v")], factory: registry).set(1)
        let label = text.map { $0 == ":" ? "_" : String($0) }.joined()
        #expect(registry.text == "# TYPE \(text) gauge\n\(text){\(label)=\"v\"} 1\n")
    }

    @Test("the order of labels and of their giving makes no difference, and a series can be forgotten")
    func labels() {
        let registry = MetricsRegistry()
        Counter(label: "n_total", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "n_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        let other = Counter(label: "n_total", dimensions: [("a", "0")], factory: registry)
        other.increment()
        #expect(registry.text == "# TYPE n_total counter\nn_total{a=\"0\"} 1\nn_total{a=\"1\",b=\"2\"} 2\n")
        other.destroy()
        #expect(registry.text == "# TYPE n_total counter\nn_total{a=\"1\",b=\"2\"} 2\n")
        Counter(label: "n_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).reset()
        #expect(registry.text.hasSuffix(" 0\n"))
    }

    @Test("many writers lose nothing")
    func concurrent() async {
        let registry = MetricsRegistry()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<500 { Counter(label: "n_total", dimensions: [("t", "\(task % 2)")], factory: registry).increment() }
                }
            }
        }
        #expect(registry.text.contains("n_total{t=\"0\"} 2000\nn_total{t=\"1\"} 2000\n"))
    }

    @Test("a metric asked for as two kinds is a mistake of ours")
    func kinds() async {
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            Counter(label: "x", factory: registry).increment()
            Meter(label: "x", factory: registry).set(1)
        }
    }
}
