import Foundation

@testable import LanguageModel

/// Tokenizers, chat templates, and conversations read from tokens.
let tokenizerTargets = [
    FuzzTarget(
        "tokenizer", words: tokenizerWords, places: ["tokenizer.json"],
        corpus: {
            let trained = try BPETrainer(vocabularySize: 262, specialTokens: ["<|endoftext|>"]).train(on: ["aaaa bb aaaa bb"])
            let pieces = try BPETokenizer(json: Data(ToyModel.sentencePieces.utf8))
            return [trained.tokenizerJSON(), pieces.tokenizerJSON(), Data(ToyModel.sentencePieces.utf8)].map {
                FuzzInput("tokenizer.json", $0)
            }
        },
        run: { input in
            let tokenizer = try BPETokenizer(json: Data(input.bytes), name: "tokenizer.json")
            for text in ["", "aab  b<s> x<|endoftext|>\n", "é\u{301}🦦 12\u{0}"] {
                for tokens in [tokenizer.encode(text), tokenizer.encode(text, allowSpecial: true), tokenizer.encode([.template(text)])] {
                    let isInside = tokens.allSatisfy { 0..<tokenizer.vocabularySize ~= Int($0) }
                    try require(isInside, "\(tokens) leave the vocabulary of \(tokenizer.vocabularySize)")
                    _ = tokenizer.decode(tokens, skipSpecial: false)
                }
            }
            let all = tokenizer.decode(0..<Int32(tokenizer.vocabularySize))
            try require(all.utf8.count <= 64 * input.bytes.count, "\(all.utf8.count) bytes are decoded of a file of \(input.bytes.count)")
        }),
    FuzzTarget(
        "chat-template", words: templateWords, places: ["tokenizer_config.json", "chat_template.jinja"],
        corpus: {
            [
                [FuzzFile("tokenizer_config.json", #"{"bos_token": {"content": "<s>"}, "chat_template": \#(quotedTemplate)}"#.utf8)],
                [
                    FuzzFile(
                        "tokenizer_config.json",
                        #"{"bos_token": "<s>", "chat_template": [{"name": "default", "template": \#(quotedTemplate)}]}"#.utf8)
                ],
                [FuzzFile("tokenizer_config.json", "{}".utf8), FuzzFile("chat_template.jinja", chatTemplate.utf8)],
            ].map { FuzzInput($0) }
        },
        run: { input in
            try await Workspace("template").with(input) { folder in
                let template = try ChatTemplate.load(from: folder)
                _ = template.flatMap { ConversationFormat(recognising: $0.text) }
                let format = try ConversationFormat(named: ConversationFormat.automatic, template: template)
                _ = format.text(of: [Message(.user, "1")], opensReply: true)
            }
        }),
    FuzzTarget(
        "conversation", words: templateWords + ToyModel.marks + ["user\n", "assistant\n", "tool\n", "ipython", "<tool_response>\n"],
        places: ["token "],
        corpus: {
            let messages = [
                Message(.system, "Be brief."), Message(.user, "1+1?"), Message(.assistant, "<think>\n2\n</think>\n\n2"),
                Message(.tool, "ok"),
            ]
            return ConversationFormat.all.map { FuzzInput($0.name + ".txt", $0.text(of: messages, opensReply: false).utf8) }
        },
        run: { input in
            guard let format = ConversationFormat.all.first(where: { $0.name + ".txt" == input.files[0].name }) else { return }
            let encoder = try ConversationEncoder(format, tokenizer: try conversationTokenizer.get())
            let tokens = encoder.tokenizer.encode(input.text, allowSpecial: true)
            let turns = try encoder.turns(in: tokens)
            try require(turns.last.map { $0.tokens.upperBound == tokens.count } ?? true, "the last turn ends before the tokens do")
            _ = encoder.tokens(of: turns.flatMap(\.messages), opensReply: true)
        }),
]

private let conversationTokenizer = Result { try ToyModel.chatTokenizer() }

/// A template of ChatML as fine-tuned models bring it along.
private let chatTemplate = """
    {% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}\
    {% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
    """

private let quotedTemplate = String(decoding: JSONValue.string(chatTemplate).text(pretty: false), as: UTF8.self)

private let templateWords = [
    "{%", "%}", "{{", "}}", "{#", "#}", "{%-", "-%}", "'<|im_start|>system\\n", "<|im_end|>\\n'", "'", "\"", "\\", "{{ self.__class__ }}",
    "{% include '/etc/passwd' %}", "{% for a in range(9999999) %}", "default", "name", "template", "chat_template", "bos_token",
]

private let tokenizerWords = [
    "BPE", "ByteLevel", "Sequence", "Split", "Digits", "Metaspace", "Replace", "Prepend", "NFC", "Strip", "Fuse", "ByteFallback", "String",
    "Regex",
    "TemplateProcessing", "SpecialToken", "special", "normalized", "lstrip", "rstrip", "single_word", "vocab", "merges", "unk_token",
    "fuse_unk",
    "byte_fallback", "ignore_merges", "add_prefix_space", "use_regex", "individual_digits", "prepend_scheme", "replacement", "a", "b", " ",
    "<0x0A>",
    "Ġ", "▁", "\\u2581", "first", "always", "never",
]
