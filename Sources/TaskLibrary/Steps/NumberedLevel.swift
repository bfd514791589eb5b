/// What the problems of one level are drawn from, found by the level's number.
protocol NumberedLevel {
    /// The slug of the task.
    static var task: String { get }
    /// All levels.
    static var all: [Self] { get }
    /// From 1 up.
    var number: Int { get }
}

extension NumberedLevel {
    /// The level of that number, which must exist.
    static func level(_ number: Int) -> Self {
        guard let level = all.first(where: { $0.number == number }) else { preconditionFailure("\(task) has no level \(number)") }
        return level
    }
}
