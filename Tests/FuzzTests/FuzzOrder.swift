import Foundation

@testable import AutodidactCLI

/// How many inputs of what are to be tried.
struct FuzzOrder {
    var targets = FuzzTarget.all
    var seed: UInt64 = 1
    /// Inputs of each target.
    var count = 2_000
    /// One input alone, to be looked at.
    var number: Int?
    /// Where the input under way is noted.
    var journal: String?
    /// Where the files of that one input are put.
    var folder: String?

    /// The most memory that a target may take beyond what the process held before, in bytes: many times the longest input, and far from
    /// what a lying size would ask for.
    static let mostMemory = 256 << 20

    /// What `Scripts/fuzz` asks for; without it, what `Scripts/test` does.
    static let fromEnvironment: FuzzOrder = {
        let environment = ProcessInfo.processInfo.environment
        func value(_ name: String) -> String? { environment["AUTODIDACT_FUZZ_" + name] }
        var order = FuzzOrder()
        if let name = value("TARGET") { order.targets = order.targets.filter { $0.name == name } }
        order.seed = value("SEED").flatMap { UInt64($0) } ?? order.seed
        order.count = value("COUNT").flatMap { Int($0) } ?? order.count
        order.number = value("CASE").flatMap { Int($0) }
        order.journal = value("JOURNAL")
        order.folder = value("FOLDER")
        return order
    }()
}

/// An error with any text, to try what is made of refusals.
enum SettingsErrorText {
    static func error(_ text: String) -> any Error { BadInput(text) }
}
