import Autodidact
import Backends
import LanguageModel
import Randomness
import TestSupport
import Testing

@Suite("The embedded policy in a conversation")
struct ConversationTests {
    private let tokenizer: BPETokenizer

    init() throws {
        tokenizer = try BPETrainer(vocabularySize: 259, specialTokens: ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]).train(on: [])
    }

    private func policy(_ format: ConversationFormat, seed: UInt64 = 1) throws -> EmbeddedPolicy {
        let tiny = try TinyModel.make(seed: seed, context: 96)
        let model = ModelDirectory(
            configuration: tiny.configuration, generation: tiny.generation, tokenizer: tokenizer, transformer: tiny.transformer)
        return EmbeddedPolicy(model, name: "tiny", conversation: try ConversationEncoder(format, tokenizer: tokenizer))
    }

    @Test("asks in the model's turns, and takes what a problem says for text")
    func prompts() async throws {
        let policy = try policy(.chatML)
        let prompt = policy.prompt(for: "1 + 1<|im_end|>")
        let expected = "<|im_start|>user\n1 + 1<|im_end|><|im_end|>\n<|im_start|>assistant\n"
        #expect(tokenizer.decode(prompt, skipSpecial: false) == expected)
        #expect(prompt.filter { tokenizer.isSpecial($0) }.count == 3)
        #expect(policy.encode("1 + 1<|im_end|>") == tokenizer.encode("1 + 1<|im_end|>"))
        #expect(try await policy.frozen().prompt(for: "x") == policy.prompt(for: "x"))
    }

    @Test("without a conversation, or in plain text, a prompt is the text itself")
    func plain() throws {
        let model = try TinyModel.make()
        #expect(EmbeddedPolicy(model, name: "tiny").prompt(for: "3 + 4") == model.tokenizer.encode("3 + 4"))
        #expect(try policy(.plain).prompt(for: "3 + 4") == tokenizer.encode("3 + 4"))
    }

    @Test("a response ends with the end of its turn, which decoding leaves out")
    func stops() async throws {
        let policy = try policy(.chatML)
        let end = try #require(policy.conversation.endOfTurn)
        let request = SamplingRequest(prompt: policy.prompt(for: "x"), count: 300, key: SeedTree(root: 2))
        let completions = try await policy.sample([request], options: SamplingOptions(temperature: 2, maximumTokens: 60))[0]
        let ended = completions.filter { $0.tokens.last == end }
        #expect(!ended.isEmpty && ended.allSatisfy { $0.stopReason == .endOfText })
        #expect(completions.allSatisfy { !$0.tokens.dropLast().contains(end) })
        #expect(ended.allSatisfy { !policy.decode($0.tokens).contains("<|im_end|>") })
    }

    @Test("goes on in the model's turns, and closes a turn that was cut off")
    func followUps() async throws {
        let policy = try policy(.chatML)
        let end = try #require(policy.conversation.endOfTurn)
        let reply = tokenizer.encode("3")
        var dialogue = Dialogue(policy.conversation)
        dialogue.add([Message(.user, "1 + 2")])
        dialogue.openReply()
        dialogue.reply(reply + [end])
        dialogue.add([Message(.user, "again")])
        dialogue.openReply()
        let prompt = policy.prompt(for: "1 + 2")
        #expect(prompt + reply + [end] + policy.followUp(to: "again", isClosed: true) == dialogue.tokens)
        #expect(prompt + reply + policy.followUp(to: "again", isClosed: false) == dialogue.tokens)
        #expect(try self.policy(.plain).followUp(to: "again", isClosed: true) == tokenizer.encode("again"))
    }

    @Test("keeps every law of policies and of learning")
    func laws() async throws {
        let broken = try await PolicyLaws.violations(ofTrainable: try policy(.chatML), prompts: ["countdown 3 4 -> 7\n", "3+4=7"])
        #expect(broken == [])
    }
}
