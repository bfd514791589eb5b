import Foundation

/// Names of runs: short, sorted by time, unique within a store.
struct RunName {
    private let stem: String

    /// A name such as `20261121-153012-countdown-grpo-s1`, in universal time.
    init(secondsSince1970: Double, task: String, recipe: String, seed: UInt64) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: secondsSince1970))
        func digits(_ value: Int?, _ count: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
        let time = digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
        stem = "\(day)-\(time)-\(task)-\(recipe)-s\(seed)"
    }

    /// The name at an attempt, counted from 1: those after the first carry their number.
    func attempt(_ number: Int) -> String { number == 1 ? stem : "\(stem)-\(number)" }
}
