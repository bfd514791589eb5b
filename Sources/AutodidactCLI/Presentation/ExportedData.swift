import Autodidact
import RunStore

/// What an export of episodes wrote and left out.
struct ExportedData: Encodable {
    let form: DatasetForm
    let isConversational: Bool
    let episodes: String
    let provenance: String
    let count: ExportCount
    /// Whether a chat template came with the model; without one TRL cannot make text of messages.
    private let hasTemplate: Bool
    private let departure: String?

    init(_ form: DatasetForm, _ count: ExportCount, asking conversation: RunConversation, files: (rows: String, provenance: String)) {
        (self.form, self.count, isConversational) = (form, count, conversation.isConversational || form == .messages)
        (episodes, provenance) = (files.rows, files.provenance)
        (hasTemplate, departure) = (conversation.hasTemplate, conversation.departure)
    }

    private enum CodingKeys: String, CodingKey {
        case form, isConversational = "conversational", episodes, provenance, count, unscorable, heldOut, cutOff, mixed, barred, forgotten
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(form, forKey: .form)
        try container.encode(isConversational, forKey: .isConversational)
        try container.encode(episodes, forKey: .episodes)
        try container.encode(provenance, forKey: .provenance)
        try container.encode(count.rows, forKey: .count)
        try container.encode(count.unscorable, forKey: .unscorable)
        try container.encode(count.heldOut, forKey: .heldOut)
        try container.encode(count.cutOff, forKey: .cutOff)
        try container.encode(count.mixed, forKey: .mixed)
        try container.encode(count.barred, forKey: .barred)
        try container.encode(count.forgotten, forKey: .forgotten)
    }

    /// For people: the files, then what is not in them.
    func lines(of runID: String) -> [String] {
        let file = "episodes of run \(runID) as \(form.inWords): \(episodes) (\(count.rows) rows)"
        let left: [(Int, String)] = [
            (count.unscorable, "unscorable"), (count.heldOut, "on held-out or sealed problems"),
            (count.cutOff, "right but cut off"), (count.mixed, "right after a turn that was not"),
        ]
        let leftOut = left.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let noTemplate = isConversational && !hasTemplate, isOneSided = form == .kto && [0, count.rows].contains(count.right)
        return [
            file, "where each row came from: \(provenance)",
            leftOut.isEmpty ? nil : "left out: " + leftOut.joined(separator: ", "),
            Self.generations(count.barred).map { "left out: \($0), which failed safety or was taken back" },
            Self.generations(count.forgotten).map { "left out: \($0), whose episodes are no longer kept (store.keepEpisodes)" },
            isOneSided ? "note: every row has the same label, and KTO learns from right beside wrong" : nil,
            noTemplate ? "note: the run's model has no chat template, and TRL needs one to make text of messages" : nil,
            departure.map { "note: the run asked its model in the form \($0), and the model's own chat template writes another" },
        ].compactMap(\.self)
    }

    private static func generations(_ numbers: [Int]) -> String? {
        numbers.isEmpty ? nil : "generation " + numbers.map(String.init).joined(separator: ", ")
    }
}
