import Autodidact
import Backends
import LanguageModel
import TaskLibrary
import Tensors
import Testing

@testable import AutodidactCLI

@Suite("Figures of judging")
struct JudgeFiguresTests {
    /// A model of bytes that attends to nothing.
    ///
    /// It writes each character of `favourite`, a newline or the end after any of them, all equally probable, and hardly anything else;
    /// without a favourite all tokens are equally probable, so that the shorter answer is the more probable one.
    private func policy(favourite: String = "") throws -> EmbeddedPolicy {
        let tokenizer = try BPETrainer(vocabularySize: 257, specialTokens: [PretrainingPlan.endOfText]).train(on: [])
        let configuration = try ModelConfiguration(
            vocabularySize: 288, hiddenSize: 32, intermediateSize: 48, layers: 1, attentionHeads: 4, keyValueHeads: 2, headDimension: 16,
            maxPositions: 1024, tiesWordEmbeddings: true, eosTokenIDs: [0], padTokenID: 0)
        let transformer = Transformer(Architecture(configuration))
        if !favourite.isEmpty {
            // All weights but these are 0: hidden states are embeddings, and logits 2 · √32 within the group, 0 outside of it.
            let parameters = transformer.parameters
            let gain = [Float](repeating: 1, count: 32)
            parameters.storage.write(gain, at: parameters.offset(of: "model.norm.weight"))
            for token in tokenizer.encode(favourite + "\n") + [0] {
                parameters.storage.write([2], at: parameters.offset(of: "model.embed_tokens.weight") + 32 * Int(token))
            }
            parameters.didChange()
        }
        let model = ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0), tokenizer: tokenizer,
            transformer: transformer)
        return EmbeddedPolicy(model, name: "flat", cores: Cores(1))
    }

    private func figures(
        _ forms: [(DemonstrationForm, task: String)], of policy: EmbeddedPolicy, problems: Int = 6
    ) async throws -> [JudgeFigures] {
        var plan = PretrainingPlan()
        plan.mixture = forms.map { PretrainingPlan.Share($0, task: $1, level: 1, weight: 1) }
        return try await JudgeFigures.measure(policy, plan: plan, problems: problems)
    }

    @Test("of who says no to wrong responses are perfect, of who says yes worthless")
    func verdicts() async throws {
        // `no` is one token shorter than `yes`; neither model ever solves a problem.
        let doubter = try #require(try await figures([(.yesNo, "arithmetic")], of: policy()).first)
        #expect(doubter.accuracy == 1 && doubter.n == 6 && doubter.rankCorrelation == nil)
        let believer = try #require(try await figures([(.yesNo, "arithmetic")], of: policy(favourite: "yes")).first)
        #expect(believer.accuracy == 0 && believer.n == 6 && believer.rankCorrelation == nil)
    }

    @Test("of who calls every action good and of who calls none good add up to 1, about a half each")
    func steps() async throws {
        let harsh = try #require(try await figures([(.step, "keydoor")], of: policy(), problems: 40).first)
        let kind = try #require(try await figures([(.step, "keydoor")], of: policy(favourite: "good"), problems: 40).first)
        let (low, high) = (try #require(harsh.accuracy), try #require(kind.accuracy))
        #expect(abs(low + high - 1) < 1e-12 && low > 0.2 && low < 0.8)
        // What is said does not vary, so nothing can be said of ranks.
        #expect(harsh.rankCorrelation == nil && kind.rankCorrelation == nil && harsh.n == 40)
    }

    @Test("are of what the plan teaches to judge, in its order, and of nothing else")
    func order() async throws {
        let all = try await figures(
            [(.answer, "countdown"), (.score, "translation"), (.revision, "arithmetic"), (.yesNo, "countdown")], of: policy(), problems: 2)
        #expect(all.map(\.form) == [.score, .yesNo] && all.map(\.task) == ["translation", "countdown"])
        // Scores are right by degrees: there is no share of right ones.
        #expect(all[0].accuracy == nil && all[0].rankCorrelation == nil && all[0].n == 2)
        #expect(try await figures([(.answer, "countdown")], of: policy()).isEmpty)
    }

    @Test("are the same each time")
    func deterministic() async throws {
        let policy = try policy(favourite: "good")
        let first = try await figures([(.step, "keydoor"), (.score, "translation")], of: policy).map(\.cells)
        #expect(try await figures([(.step, "keydoor"), (.score, "translation")], of: policy).map(\.cells) == first)
    }

    @Test("of an unknown task are refused")
    func unknown() async throws {
        let policy = try policy()
        await #expect(throws: UnknownTask.self) { try await figures([(.yesNo, "chess")], of: policy) }
    }

    @Test("fill a row of the card, with a dash for what there is not")
    func cells() {
        let verdicts = JudgeFigures(form: .yesNo, task: "arithmetic", level: 1, n: 300, accuracy: 0.512, rankCorrelation: -0.456)
        #expect(verdicts.cells == ["verdicts", "arithmetic", "1", "300", "51.2 %", "-0.46"])
        let scores = JudgeFigures(form: .score, task: "translation", level: 2, n: 8, accuracy: nil, rankCorrelation: nil)
        #expect(scores.cells == ["scores", "translation", "2", "8", "–", "–"])
        #expect(JudgeFigures.heads.count == scores.cells.count)
    }
}
