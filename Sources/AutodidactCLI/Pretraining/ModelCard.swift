import Foundation
import Tensors

/// What is written beside a base model: how it was made, and what it can do.
struct ModelCard: Encodable {
    let name: String
    let command: String
    let plan: PretrainingPlan
    let parameters: Int
    let cores: Int
    let tokens: Int
    let minutes: Double
    let figures: [LevelFigures]

    /// The card as Markdown.
    var text: String {
        let mixture = plan.mixture.map { share in
            "\(share.form == .answer ? "" : "\(share.form.name) of ")\(share.task) level \(share.level) ×\(share.weight)"
        }.joined(separator: ", ")
        let rows = [LevelFigures.heads, LevelFigures.heads.map { _ in "---" }] + figures.map(\.cells)
        let table = rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
        return """
            # \(name)

            A base model for Autodidact: \(parameters) parameters, made from nothing. It knows the form of every task and solves some \
            problems of each, which is what a self-improvement run needs to start from. It knows nothing else.

            ## How it was made

                \(command)

            \(String(format: "%.1f", minutes)) minutes on \(cores) cores (\(MatrixProduct.instructionSet)), seed \(plan.seed). \
            \(plan.steps) steps of \(plan.sequencesPerStep) demonstrations; AdamW, learning rate \(plan.learningRate), \
            \(plan.warmUp) steps of warm-up, cosine to a tenth, weight decay \(plan.weightDecay).

            The demonstrations are answers of imperfect demonstrators to random training problems (\(mixture)): right in form, but \
            not always in substance. Held-out and sealed problems do not occur among them.

            Qwen3 architecture: \(plan.layers) blocks, \(plan.width) wide, feed-forward \(plan.feedForward), \(plan.heads) query and \
            \(plan.keyHeads) key heads, tied head. Byte-level BPE of \(tokens) tokens, learnt from the same texts. Weights in bf16.

            ## What it can do

            Held-out problems; greedy, and 8 samples at temperature 1; in brackets the 95 % interval in percent.

            \(table)

            """
    }
}
