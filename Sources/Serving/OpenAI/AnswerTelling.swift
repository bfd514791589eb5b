import Autodidact
import Hummingbird
import NIOCore

/// One answer under way: the sequences of a request as they come, told in whole or in pieces.
struct AnswerTelling: Sendable {
    let form: AnswerForm
    let ticket: GenerationTicket
    private var sequences: [SequenceAnswer]

    init(_ form: AnswerForm, ticket: GenerationTicket) {
        (self.form, self.ticket) = (form, ticket)
        let plan = form.plan
        sequences = (0..<plan.request.sequences).map { index in
            SequenceAnswer(index: index, prompt: plan.asked.echoes ? plan.promptTexts[index / plan.request.samples] : "")
        }
    }

    /// The whole answer.
    /// - Throws: `APIError.stopping` where the engine ends before it.
    func whole() async throws(APIError) -> JSONNode {
        var sequences = sequences
        for await event in ticket.events { _ = sequences[event.sequence].take(event, keepsScores: keepsScores) }
        guard sequences.allSatisfy({ $0.reason != nil }) else { throw .stopping }
        return form.answer(sequences.map(form.choice), completionTokens: sequences.reduce(0) { $0 + $1.tokens.count })
    }

    /// The answer in pieces, each an event as browsers read them (text/event-stream).
    ///
    /// - Parameter write: Given one event at a time; what it throws ends the telling.
    func stream(_ write: (String) async throws -> Void) async throws {
        var (sequences, offsets) = (sequences, Array(repeating: 0, count: sequences.count))
        for await event in ticket.events {
            let index = event.sequence
            let news = sequences[index].take(event, keepsScores: keepsScores)
            guard news.isWorthTelling(withTokens: form.plan.asked.returnsTokenIDs) else { continue }
            try await write(Self.event(form.piece([form.delta(news, offset: &offsets[index])])))
        }
        guard sequences.allSatisfy({ $0.reason != nil }) else {
            try await write(Self.event(APIError.stopping.json))
            throw ConnectionEnded()
        }
        if form.plan.asked.includesUsage {
            let usage = form.usage(sequences.reduce(0) { $0 + $1.tokens.count })
            try await write(Self.event(form.piece([], usage: usage)))
        }
        try await write("data: [DONE]\n\n")
    }

    private var keepsScores: Bool { form.plan.asked.alternatives != nil }

    private static func event(_ node: JSONNode) -> String { "data: \(node.text)\n\n" }
}
