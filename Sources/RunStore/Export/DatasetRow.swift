/// One row of a data set; what a form does not have is left out.
struct DatasetRow: Encodable {
    /// A text, or the messages that hold it.
    enum Content: Encodable {
        case text(String)
        case messages([ExportedMessage])

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .text(let text): try text.encode(to: encoder)
            case .messages(let messages): try messages.encode(to: encoder)
            }
        }
    }

    var prompt: Content?
    var completion: Content?
    var label: Bool?
    var chosen: Content?
    var rejected: Content?
    var messages: [ExportedMessage]?
    /// TRL hands them to the template.
    var templateArguments: [String: Bool]?

    private enum CodingKeys: String, CodingKey {
        case prompt, completion, label, chosen, rejected, messages
        case templateArguments = "chat_template_kwargs"
    }
}

/// Makes rows in the form in which the policy was asked.
struct DatasetRows {
    let reader: any TurnReader

    /// What a turn answers and what it says; with a label where one is given.
    func completion(_ turn: ExportedTurn, label: Bool? = nil) -> DatasetRow {
        DatasetRow(prompt: prompt(of: turn), completion: reply(turn.text), label: label, templateArguments: arguments)
    }

    /// Two answers to what the first of them answers.
    func pair(chosen: ExportedTurn, rejected: ExportedTurn) -> DatasetRow {
        DatasetRow(prompt: prompt(of: chosen), chosen: reply(chosen.text), rejected: reply(rejected.text), templateArguments: arguments)
    }

    /// A whole episode, up to its last turn.
    func conversation(endingWith last: ExportedTurn) -> DatasetRow {
        let messages = last.context + [ExportedMessage(role: .assistant, content: last.text)]
        return DatasetRow(messages: messages, templateArguments: arguments)
    }

    private var arguments: [String: Bool]? { reader.templateArguments.isEmpty ? nil : reader.templateArguments }

    private func prompt(of turn: ExportedTurn) -> DatasetRow.Content {
        reader.isConversational ? .messages(turn.context) : .text(turn.plainContext)
    }

    private func reply(_ text: String) -> DatasetRow.Content {
        reader.isConversational ? .messages([ExportedMessage(role: .assistant, content: text)]) : .text(text)
    }
}
