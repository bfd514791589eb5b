import Foundation
import Testing

@testable import LanguageModel

@Suite("Chat templates")
struct ChatTemplateTests {
    /// ChatML in one line, as many models publish it.
    static let chatML =
        #"{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"#
        + #"{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"#

    private func format(_ template: String?, named name: String = "auto") throws -> ConversationFormat {
        try ConversationFormat(named: name, template: template.map { ChatTemplate(text: $0, file: "chat_template.jinja") })
    }

    @Test("no template means plain text; a known one is recognised, however it is broken into lines")
    func recognises() throws {
        #expect(try format(nil) == .plain)
        #expect(try format(Self.chatML) == .chatML)
        let spread = Self.chatML.replacingOccurrences(of: "%}{{", with: "%}\n  {{-  ").replacingOccurrences(
            of: "{% endfor", with: "\n{%-  endfor")
        #expect(try format(spread + "\n") == .chatML)
        #expect(try format(Self.chatML.replacingOccurrences(of: #"\n"#, with: "\n")) == .chatML)
        #expect(try format("{#- a remark -#}\n" + Self.chatML) == .chatML)
    }

    @Test(
        "a template that writes anything else is refused with the names of the known formats",
        arguments: [
            "", "{{ messages[0].content }}", chatML + " ", "\n" + chatML, chatML.replacingOccurrences(of: #"user\n"#, with: "user "),
            chatML.replacingOccurrences(of: #"assistant\n"#, with: "assistant "),
            chatML.replacingOccurrences(of: "{% endfor", with: "\n\n{% endfor"),
            String(chatML.dropLast(3)), "{{", "{% if '", "{#",
        ].filter { $0 != chatML })
    func refuses(template: String) {
        let error = #expect(throws: ConversationError.unknownTemplate(file: "chat_template.jinja")) { _ = try format(template) }
        #expect(error?.description.contains("plain, chatml, qwen2, qwen2.5, qwen3, qwen3-no-think, smollm2, llama3, llama3.1") == true)
    }

    @Test("a format can be chosen by name whatever the template says; a template of that name brings its own words")
    func named() throws {
        #expect(try format("{{ nothing known }}", named: "llama3") == .llama3)
        #expect(try format(nil, named: "qwen2.5") == .qwen25)
        #expect(try format(Self.chatML, named: "plain") == .plain)
        #expect(throws: ConversationError.unknownFormat("llama2")) { _ = try format(nil, named: "llama2") }
        let tuned = Self.chatML.replacingOccurrences(
            of: "messages %}",
            with:
                #"messages %}{% if loop.first and messages[0]['role'] != 'system' %}"#
                + #"{{ '<|im_start|>system\nIt\\is mine.<|im_end|>\n' }}{% endif %}"#
        )
        let own = try format(tuned)
        #expect(own.name == "qwen2" && own.defaultSystem == #"It\is mine."#)
        #expect(try format(tuned, named: "qwen2") == own)
        #expect(try format(tuned, named: "smollm2") == .smolLM2)
    }

    @Test("every format has a name of its own, and is found by it")
    func names() throws {
        #expect(Set(ConversationFormat.names).count == ConversationFormat.all.count + 1)
        for known in ConversationFormat.all { #expect(try format(nil, named: known.name) == known) }
    }

    @Test("it is read from either file and from a list of templates, and written where transformers looks first")
    func files() throws {
        let folder = try TemporaryFolder()
        #expect(try ChatTemplate.load(from: folder.url) == nil)
        let configuration = folder.file("tokenizer_config.json")
        try Data("{}".utf8).write(to: configuration)
        #expect(try ChatTemplate.load(from: folder.url) == nil)
        try Data(#"{"chat_template": "one"}"#.utf8).write(to: configuration)
        #expect(try ChatTemplate.load(from: folder.url)?.text == "one")
        let list = #"{"chat_template": [{"name": "tool_use", "template": "no"}, {"name": "default", "template": "two"}]}"#
        try Data(list.utf8).write(to: configuration)
        let two = try #require(try ChatTemplate.load(from: folder.url))
        #expect(two.text == "two" && two.file == configuration.path)
        try Data(#"{"chat_template": [{"name": "rag", "template": "no"}]}"#.utf8).write(to: configuration)
        #expect(throws: ConversationError.noDefaultTemplate(file: configuration.path, names: ["rag"])) {
            _ = try ChatTemplate.load(from: folder.url)
        }
        for damaged in [#"{"chat_template": 3}"#, "{"] {
            try Data(damaged.utf8).write(to: configuration)
            #expect(throws: ConversationError.self) { _ = try ChatTemplate.load(from: folder.url) }
        }
        try Data(#"{"bos_token": {"content": "<s>"}}"#.utf8).write(to: configuration)
        try two.save(to: folder.url)
        #expect(try ChatTemplate.load(from: folder.url)?.text == "two")
        #expect(try ChatTemplate.load(from: folder.url)?.beginningOfText == "<s>")
        try Data([0xFF]).write(to: folder.file("chat_template.jinja"))
        #expect(throws: ConversationError.self) { _ = try ChatTemplate.load(from: folder.url) }
        #expect(throws: ConversationError.self) { try two.save(to: URL(fileURLWithPath: "/nonexistent/folder")) }
    }
}
