import Autodidact
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
    let judging: [JudgeFigures]

    /// The card as Markdown.
    var text: String {
        let mixture = plan.mixture.map { share in
            "\(share.form == .answer ? "" : "\(share.form.name) of ")\(share.task) level \(share.level) ×\(share.weight)"
        }.joined(separator: ", ")
        let table = Self.table(LevelFigures.heads, figures.map(\.cells))
        let judges = Self.table(JudgeFigures.heads, judging.map(\.cells))
        return """
            # \(name)

            A base model for Autodidact: \(parameters) parameters, made from nothing. It knows the form of every task and solves some \
            problems of each, which is what a self-improvement run needs to start from. It knows nothing else.

            ## How it was made

                \(command)

            \(String(format: "%.1f", minutes)) minutes on \(counted(cores, "core")) (\(MatrixProduct.instructionSet)), seed \(plan.seed). \
            \(plan.steps) steps of \(plan.sequencesPerStep) demonstrations; AdamW, learning rate \(plan.learningRate), \
            \(plan.warmUp) steps of warm-up, cosine to a tenth, weight decay \(plan.weightDecay).

            The demonstrations are answers of imperfect demonstrators to random training problems (\(mixture)): right in form, but \
            not always in substance. Second answers follow a request to revise and are drawn independently of the first. Verdicts, \
            scores and judged steps answer the texts of `FeedbackPrompts`; \(Int((100 * plan.labelNoise).rounded())) % of their labels are \
            random. Held-out and sealed problems do not occur among them.

            Qwen3 architecture: \(plan.layers) blocks, \(plan.width) wide, feed-forward \(plan.feedForward), \(plan.heads) query and \
            \(plan.keyHeads) key heads, tied head. Byte-level BPE of \(tokens) tokens, learnt from the same texts. Weights in bf16.

            ## What it can do

            Held-out problems; greedy, and 8 samples at temperature 1; in brackets the 95 % interval in percent.

            \(table)

            ## How it judges

            Held-out problems. Verdicts and scores are on its own responses at temperature 1, judged steps on demonstrated actions, half \
            of them good; the truth is exact. The accuracy takes the more probable answer, the rank correlation the expected one.

            \(judges)

            """
    }

    private static func table(_ heads: [String], _ rows: [[String]]) -> String {
        ([heads, heads.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
