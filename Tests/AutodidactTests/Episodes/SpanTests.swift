import Autodidact
import Testing

@Suite("Typed spans")
struct SpanTests {
    private let question = Problem(task: "t", canonical: "c", prompt: "p", reference: "r", level: 1).question

    @Test("only own text, verdicts, repairs and answers carry loss unless told otherwise")
    func masksByKind() {
        let trained = SpanKind.allCases.filter { Span($0, [1]).isTrained }
        #expect(trained == [.own, .verdict, .repair, .answer])
        #expect(Span(.wrong, [1], isTrained: true).isTrained)
        #expect(!Span(.own, [1], isTrained: false).isTrained)
    }

    @Test("a sample's targets begin at the first trained token; what lies between trained spans is masked")
    func sequence() {
        let sample = SpanSample(
            question: question,
            spans: [
                Span(.context, [1, 2]), Span(.wrong, [3], behavior: Logprobs([-1])),
                Span(.repair, [4, 5], behavior: Logprobs([-2, -3]), advantage: 0.5, klWeight: 2), Span(.toolOutput, [6]),
                Span(.answer, [7], behavior: Logprobs([-4]), advantage: -1),
            ])
        let example = TrainingExample(sample, weight: 0.25, group: 3, reward: 0.75)
        #expect(example.question == question)
        #expect(example.sequence.context == [1, 2, 3])
        #expect(example.sequence.targets == [4, 5, 6, 7])
        #expect(example.sequence.mask == [true, true, false, true])
        #expect(example.sequence.advantages == [0.5, 0.5, 0, -1])
        #expect(example.sequence.klWeights == [2, 2, 1, 1])
        #expect(example.sequence.behavior?.values == [-2, -3, 0, -4])
        #expect((example.sequence.weight, example.sequence.group, example.sequence.reward) == (0.25, 3, 0.75))
        #expect(sample.tokens == [1, 2, 3, 4, 5, 6, 7])
    }

    @Test("behavior logprobs and advantages are left out where a trained span lacks them")
    func missingInputs() {
        let example = TrainingExample(
            SpanSample(question: question, spans: [Span(.own, [1], behavior: Logprobs([-1]), advantage: 1), Span(.repair, [2])]))
        #expect(example.sequence.behavior == nil)
        #expect(example.sequence.advantages.isEmpty)
        #expect(example.sequence.mask == nil)
    }

    @Test("a sample without a trained span has no targets")
    func nothingTrained() {
        let example = TrainingExample(SpanSample(question: question, spans: [Span(.context, [1]), Span(.wrong, [2])]))
        #expect(example.sequence.context == [1, 2])
        #expect(example.sequence.targets.isEmpty)
    }
}
