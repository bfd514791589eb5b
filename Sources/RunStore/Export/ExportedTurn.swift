import Autodidact

/// One message of a conversation, as TRL and chat templates name its parts.
struct ExportedMessage: Encodable, Hashable {
    enum Role: String, Encodable {
        case user, assistant
    }

    let role: Role
    let content: String
}

/// A turn of the policy as data sets know it: what stood before it, what was said, and what is known of it.
struct ExportedTurn {
    /// What was said before, from the problem's prompt on.
    let context: [ExportedMessage]
    /// The same as plain text.
    let plainContext: String
    let text: String
    /// Its place among the policy's turns, from 1 up.
    let number: Int
    /// What was thought of this very turn: of the last that on the episode, of an earlier one only where it was judged.
    let verdict: Verdict?
    /// Whether the policy wrote it.
    let isOwn: Bool
    /// Whether it is the last of its episode and was cut off there.
    let isCutOff: Bool
}

extension Episode {
    /// The policy's turns in order.
    ///
    /// - Throws: What the reader throws; it is asked only where there are several.
    func exportedTurns(_ reader: any TurnReader) throws -> [ExportedTurn] {
        var exported: [ExportedTurn] = []
        var context = [ExportedMessage(role: .user, content: problem.prompt)]
        var tail: [TokenID] = []
        let last = turns.lastIndex { $0.role == .policy }
        for (index, turn) in turns.enumerated() where index <= last ?? -1 {
            switch turn.role {
            case .environment where exported.isEmpty: continue  // the prompt
            case .environment: context.append(ExportedMessage(role: .user, content: try reader.observed(turn.tokens)))
            case .policy:
                let text = index == last ? response : reader.said(turn.tokens)
                exported.append(
                    ExportedTurn(
                        context: context, plainContext: problem.prompt + (tail.isEmpty ? "" : reader.spelled(tail)), text: text,
                        number: exported.count + 1, verdict: index == last ? verdict : turn.verdict, isOwn: turn.isTrainable,
                        isCutOff: index == last && stopReason == .length))
                context.append(ExportedMessage(role: .assistant, content: text))
            }
            tail += turn.tokens
        }
        return exported
    }
}

extension Verdict {
    /// The reward, where there is one that can be written down: what could not be judged has none.
    var exportedReward: Double? { reward.flatMap { $0.isFinite ? $0 : nil } }
}
