import Foundation

@testable import TaskLibrary

/// Two answers that somebody wrote down as equal or not, with what they probe.
struct MathPair: Sendable, CustomStringConvertible {
    let kind: Kind
    let reference: String
    let answer: String
    let note: String

    enum Kind: String, Sendable {
        /// Equal, whichever is the reference.
        case equal = "="
        /// Equal with the first as the reference.
        case equalOneWay = ">"
        case unequal = "!"
        /// Unequal, but equal with the second as the reference: what the first asks for is written more plainly.
        case unequalOneWay = "<"
        /// Equal, and known to be missed.
        case missed = "~"
    }

    var description: String { "\(reference) | \(answer) (\(note))" }

    var isUnequal: Bool { kind == .unequal || kind == .unequalOneWay }

    /// Whether the answer is found to say what the reference says; nil where that is too much work, or one side is empty.
    var isFoundEqual: Bool? { Self.agrees(reference, answer) }

    static func agrees(_ reference: String, _ answer: String) -> Bool? {
        guard let reference = MathAnswer(reference), let answer = MathAnswer(answer) else { return nil }
        return try? answer.agrees(with: reference)
    }

    /// The pairs of a file beside this one.
    static func read(_ name: String) -> [MathPair] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Pairs/\(name).tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4, let kind = Kind(rawValue: fields[0]) else { return nil }
            return MathPair(kind: kind, reference: fields[1], answer: fields[2], note: fields[3])
        }
    }

    static let tuned = read("pairs")
    static let heldOut = read("held-out")
    static let heldOutSecond = read("held-out-second")
}

/// How often a comparison is right.
struct MathFigures: CustomStringConvertible {
    private(set) var rightlyEqual = 0
    private(set) var missed: [MathPair] = []
    private(set) var wronglyEqual: [MathPair] = []
    private(set) var rightlyUnequal = 0

    init(_ pairs: [MathPair]) {
        for pair in pairs {
            switch (pair.isUnequal, pair.isFoundEqual == true) {
            case (false, true): rightlyEqual += 1
            case (false, false): missed.append(pair)
            case (true, true): wronglyEqual.append(pair)
            case (true, false): rightlyUnequal += 1
            }
        }
    }

    /// Of those found equal, how many are.
    var precision: Double { Double(rightlyEqual) / Double(max(1, rightlyEqual + wronglyEqual.count)) }

    /// Of those that are equal, how many are found.
    var recall: Double { Double(rightlyEqual) / Double(max(1, rightlyEqual + missed.count)) }

    var description: String {
        "precision \(precision) and recall \(recall) on \(rightlyEqual + missed.count) equal and "
            + "\(rightlyUnequal + wronglyEqual.count) unequal pairs"
    }
}
