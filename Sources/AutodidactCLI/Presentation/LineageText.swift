import Autodidact
import Foundation
import Reports

/// What led from one incumbent to the next, for people; nil where the base is the only one there ever was.
func lineageText(_ lineage: RunLineage, width: Int?, color: TerminalColor) -> String? {
    guard !lineage.steps.isEmpty || !lineage.rollbacks.isEmpty else { return nil }
    let steps = table(
        columns: [
            TextColumn("incumbent", isRightAligned: true), TextColumn("from", isRightAligned: true), TextColumn("weights"),
            TextColumn("learned from"), TextColumn("difference"), TextColumn(""),
        ],
        rows: lineage.steps.map { step in
            let sources = step.data.map { "\($0.episodes) episodes \($0.sha256.map { String($0.prefix(12)) } ?? "(no digest)")" }
            let difference = step.comparison.meanAtK
            let standing = [
                step.generation == lineage.incumbent ? "incumbent" : step.isAncestor ? "" : "taken back",
                step.isKept ? "" : "weights not kept",
            ]
            return [
                "\(step.generation)", "\(step.parent)", String(step.weightsHash.prefix(12)), sources.joined(separator: ", "),
                "\(Figures.signed(difference.value)) points \(Figures.interval(difference)), n = \(step.comparison.n)",
                standing.filter { !$0.isEmpty }.joined(separator: ", "),
            ]
        }, width: width, color: color)
    let rollbacks = lineage.rollbacks.map { rollback in
        let time = Date(timeIntervalSince1970: rollback.at).formatted(.iso8601)
        return "rolled back by hand to \(rollback.to) after generation \(rollback.after), \(time)"
            + (rollback.reason.isEmpty ? "" : ": \(rollback.reason)")
    }
    let sealed = lineage.isSealed == false ? ["the sealed result is not that of the present incumbent, which was rolled back to"] : []
    let origin =
        "verifier \(lineage.verifier ?? "unknown"), settings \(lineage.settingsHash.prefix(12)), base \(lineage.baseHash.prefix(12))"
    return ([steps, origin] + rollbacks + sealed).joined(separator: "\n")
}

/// A result with the lineage of its run beside its own fields, and what stands now, which after a rollback is not what the result is of.
struct WithLineage<Result: Encodable>: Encodable {
    private let result: Result
    private let lineage: RunLineage
    private let rolledBackTo: Int?

    /// - Parameter rolledBackTo: The generation that a rollback by hand went back to, where the incumbent stands by it.
    init(_ result: Result, _ lineage: RunLineage, rolledBackTo: Int?) {
        (self.result, self.lineage, self.rolledBackTo) = (result, lineage, rolledBackTo)
    }

    private enum CodingKeys: String, CodingKey {
        case lineage, incumbentHash, rolledBackTo
    }

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lineage, forKey: .lineage)
        try container.encode(lineage.incumbentHash, forKey: .incumbentHash)
        try container.encodeIfPresent(rolledBackTo, forKey: .rolledBackTo)
    }
}
