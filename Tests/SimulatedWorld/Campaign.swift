import Foundation

/// What the command line asks for.
package struct SimulateOptions: Sendable {
    /// How many seeds.
    package var seeds = 2000
    /// The first one.
    package var first: UInt64 = 1
    /// The one to replay with its log.
    package var replayed: UInt64?
    /// A bug to plant.
    package var bug: PlantedBug?

    /// Reads `--seeds N`, `--from S`, `--seed S` and `--bug NAME`.
    package init(_ arguments: [String]) throws(DiskFailure) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw DiskFailure("\(name) needs a value") }
            switch (name, UInt64(value)) {
            case ("--seeds", let number?): seeds = Int(clamping: number)
            case ("--from", let number?): first = number
            case ("--seed", let number?): replayed = number
            case ("--bug", _):
                guard let known = PlantedBug(rawValue: value) else {
                    throw DiskFailure("no bug '\(value)'; there are \(PlantedBug.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                bug = known
            default: throw DiskFailure("\(name) \(value) is not understood; see Scripts/simulate")
            }
        }
    }
}

/// Many histories, on all cores.
package struct Campaign: Sendable {
    private let options: SimulateOptions

    package init(_ options: SimulateOptions) { self.options = options }

    /// Runs and prints; true where nothing was found.
    package func run() async throws -> Bool {
        if let seed = options.replayed {
            let report = try await Simulation(seed: seed, bug: options.bug).run()
            print(report.log.joined(separator: "\n"))
            print(report.counts.description)
            tell(report)
            return report.violations.isEmpty
        }
        let start = Date()
        var counts = SimulationCounts()
        var failures = 0
        for first in stride(from: 0, to: options.seeds, by: 100) {
            for report in try await reports(first..<min(first + 100, options.seeds)) {
                counts.add(report.counts)
                if !report.violations.isEmpty {
                    failures += 1
                    tell(report)
                }
            }
        }
        print(counts.description)
        print(String(format: "%d of %d histories failed; %.1f s", failures, counts.histories, Date().timeIntervalSince(start)))
        return failures == 0
    }

    private func reports(_ indices: Range<Int>) async throws -> [SimulationReport] {
        let width = ProcessInfo.processInfo.activeProcessorCount
        return try await withThrowingTaskGroup(of: [SimulationReport].self) { group in
            for lane in 0..<width {
                group.addTask {
                    var reports: [SimulationReport] = []
                    for index in indices where index % width == lane {
                        reports.append(try await Simulation(seed: options.first &+ UInt64(index), bug: options.bug).run())
                    }
                    return reports
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.seed < $1.seed }
        }
    }

    private func tell(_ report: SimulationReport) {
        for violation in report.violations { print("seed \(report.seed): \(violation)") }
        if !report.violations.isEmpty {
            print("replay: Scripts/simulate --seed \(report.seed)\(options.bug.map { " --bug \($0.rawValue)" } ?? "")")
        }
    }
}
