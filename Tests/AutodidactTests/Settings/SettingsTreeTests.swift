import Autodidact
import Foundation
import Testing

/// Every kind of value that settings have.
struct SampleSettings: Codable, Hashable, Sendable {
    enum Mode: String, Codable, Sendable, CaseIterable { case fast, slow }

    struct Inner: Codable, Hashable, Sendable {
        var learningRate: Float = 1e-3
        var steps = 10
        var names: [String] = []
    }

    var share = 0.1
    var isOn = false
    @Setting("how fast it is") var mode = Mode.fast
    var label = "plain"
    var seed: UInt64 = 1
    var clip: Float = .infinity
    var rates: [Double] = [0.5, 1]
    var levels: [Int] = []
    var normalization = LossNormalization.tokens
    var inner = Inner()
}

@Suite("SettingsTree")
struct SettingsTreeTests {
    typealias Tree = SettingsTree<SampleSettings>

    static let assignments = [
        "share=1e-5", "share=3", "share=0.30000000000000004", "isOn=true", "mode=slow", "label=a=b, \"c\" \\ d", "label=infinity",
        "label=7",
        "seed=18446744073709551615", "clip=1.5", "clip=infinity", "rates=0.25", "rates=1,2e-3,-4", "rates=", "levels=1,2", "levels=[3, 4]",
        "normalization=constant:48", "inner.learningRate=0.0003", "inner.steps=-5", "inner.names=a,b c", "inner.names=[\"x,y\",\"[\"]",
        "inner.names=7,8",
    ]

    @Test("an assignment resolves, lists itself and survives JSON", arguments: assignments)
    func roundTrip(_ assignment: String) throws {
        var tree = Tree(defaults: SampleSettings())
        try tree.apply(assignment)
        let key = try #require(assignment.split(separator: "=").first.map(String.init))
        let entry = try #require(tree.keys.first { $0.key == key })
        var again = Tree(defaults: SampleSettings())
        try again.apply("\(key)=\(entry.value)")
        #expect(again.json == tree.json)
        let reloaded = try Tree(json: tree.json, defaults: SampleSettings())
        #expect(reloaded.json == tree.json)
        #expect(try reloaded.resolved() == tree.resolved())
        #expect(tree.keys.filter { !$0.isDefault }.map(\.key) == (entry.isDefault ? [] : [key]))
    }

    @Test("values arrive")
    func values() throws {
        var tree = Tree(defaults: SampleSettings())
        for assignment in Self.assignments { try tree.apply(assignment) }
        let settings = try tree.resolved()
        #expect(settings.share == 0.1 + 0.2 && settings.isOn && settings.mode == .slow && settings.label == "7")
        #expect(settings.seed == .max && settings.clip == .infinity && settings.rates == [] && settings.levels == [3, 4])
        #expect(settings.normalization == .constant(48))
        #expect(settings.inner == .init(learningRate: 3e-4, steps: -5, names: ["7", "8"]))
    }

    @Test("numbers print in their shortest form, keys are sorted")
    func json() {
        let tree = Tree(defaults: SampleSettings())
        let expected =
            #"{"clip":"infinity","inner":{"learningRate":0.001,"names":[],"steps":10},"isOn":false,"label":"plain","levels":[],"#
            + #""mode":"fast","normalization":"tokens","rates":[0.5,1],"seed":1,"share":0.1}"#
        #expect(tree.json == expected)
        let keys = tree.keys.map(\.key)
        #expect(keys == keys.sorted() && keys.contains("inner.learningRate"))
        #expect(tree.keys.allSatisfy { $0.isDefault })
    }

    static let refusals: [(String, SettingsError)] = [
        ("inner.learningrate=1", .unknownKey("inner.learningrate", nearest: ["inner.learningRate"])),
        ("zzz=1", .unknownKey("zzz", nearest: [])),
        ("learningrate=1", .unknownKey("learningrate", nearest: ["inner.learningRate"])),
        ("inner.zzz=1", .unknownKey("inner.zzz", nearest: [], siblings: ["learningRate", "names", "steps"])),
        ("share", .malformed("share")),
        ("=1", .malformed("=1")),
        ("share=much", .wrongType(key: "share", value: "much", expected: "a number")),
        ("share=nan", .wrongType(key: "share", value: "nan", expected: "a number")),
        ("share=", .wrongType(key: "share", value: "", expected: "a number")),
        ("share=0x10", .wrongType(key: "share", value: "0x10", expected: "a number")),
        ("isOn=1", .wrongType(key: "isOn", value: "1", expected: "true or false")),
        ("inner.steps=2.5", .wrongType(key: "inner.steps", value: "2.5", expected: "a whole number")),
        ("inner.steps=infinity", .wrongType(key: "inner.steps", value: "infinity", expected: "a finite number")),
        ("seed=-1", .outOfRange(key: "seed", value: "-1", allowed: "whole numbers from 0 up")),
        ("mode=medium", .outOfRange(key: "mode", value: "medium", allowed: "fast, slow")),
        ("mode=slwo", .outOfRange(key: "mode", value: "slwo", allowed: "fast, slow; did you mean 'slow'?")),
        ("mode=", .outOfRange(key: "mode", value: "", allowed: "fast, slow")),
        (
            "normalization=words",
            .outOfRange(
                key: "normalization", value: "words", allowed: "tokens, sequences, sequence-mean or constant:N with N from 1 up")
        ),
        ("inner=1", .wrongType(key: "inner", value: "a single value", expected: "one of its parts, such as inner.learningRate")),
        ("levels=[1,", .wrongType(key: "levels", value: "[1,", expected: "a list")),
    ]

    @Test("refuses what does not fit and stays as it was", arguments: refusals)
    func refusal(_ assignment: String, _ expected: SettingsError) {
        var tree = Tree(defaults: SampleSettings())
        let before = tree.json
        #expect(throws: expected) { try tree.apply(assignment) }
        #expect(tree.json == before)
    }

    @Test("a list of the wrong things is refused", arguments: ["levels=1,two", "levels=1.5", "rates=a,b"])
    func wrongLists(_ assignment: String) {
        var tree = Tree(defaults: SampleSettings())
        #expect(throws: SettingsError.self) { try tree.apply(assignment) }
    }

    @Test("a file sets nested and dotted keys")
    func file() throws {
        var tree = Tree(defaults: SampleSettings())
        let text = #"{ "share": 0.5, "inner": {"steps": 3}, "inner.names": ["é\u0041\n"], "clip": 2, "mode": "slow" }"#
        try tree.apply(contentsOfJSON: Data(text.utf8), fileName: "my.json")
        let settings = try tree.resolved()
        #expect(settings.share == 0.5 && settings.inner.steps == 3 && settings.inner.names == ["éA\n"] && settings.clip == 2)
    }

    static let badFiles: [(String, SettingsError)] = [
        (#"{"share": 0.5, "inner": {"stepz": 3}}"#, .inFile("my.json", .unknownKey("inner.stepz", nearest: ["inner.steps"]))),
        (#"{"share": "0.5"}"#, .inFile("my.json", .wrongType(key: "share", value: #""0.5""#, expected: "a number"))),
        (#"{"isOn": 1}"#, .inFile("my.json", .wrongType(key: "isOn", value: "1", expected: "true or false"))),
        (
            #"{"mode": "fats"}"#,
            .inFile("my.json", .outOfRange(key: "mode", value: "fats", allowed: "fast, slow; did you mean 'fast'?"))
        ),
        (#"{"mode": 3}"#, .inFile("my.json", .wrongType(key: "mode", value: "3", expected: "text"))),
        (#"{"share": null}"#, .inFile("my.json", .wrongType(key: "share", value: "null", expected: "a number"))),
        (
            #"{"inner": 1}"#,
            .inFile("my.json", .wrongType(key: "inner", value: "a single value", expected: "one of its parts, such as inner.learningRate"))
        ),
        ("{\n  \"share\": 0.5,\n  \"share\": 1}", .notJSON(file: "my.json", line: 3, column: 3, found: "'\"'", expected: "each name once")),
        ("{\"share\" 1}", .notJSON(file: "my.json", line: 1, column: 10, found: "'1'", expected: "':' after \"share\"")),
        ("{\"share\": 01}", .notJSON(file: "my.json", line: 1, column: 11, found: "'0'", expected: "a JSON value")),
        ("", .notJSON(file: "my.json", line: 1, column: 1, found: "the end of the text", expected: "a JSON value")),
        ("{share: 1}", .notJSON(file: "my.json", line: 1, column: 2, found: "'s'", expected: "a name in double quotes")),
        ("{\"share\": 1,\n}", .notJSON(file: "my.json", line: 2, column: 1, found: "'}'", expected: "a name in double quotes")),
        (
            "{\"label\": \"a",
            .notJSON(file: "my.json", line: 1, column: 13, found: "the end of the text", expected: "'\"' at the end of text")
        ),
        ("[1]", .notAnObject(file: "my.json", found: "a list")),
    ]

    @Test("the sentence on a broken file says where, what was found and expected, and what settings look like")
    func brokenFile() {
        let error = SettingsError.notJSON(file: "my.json", line: 3, column: 1, found: "'}'", expected: "a name in double quotes")
        let sentence = "my.json:3:1: not JSON: found '}', expected a name in double quotes; settings are written as {\"generations\": 3"
        #expect("\(error)".hasPrefix(sentence) && error == error.inGroup("recipe."))
        let list = SettingsError.notAnObject(file: "my.json", found: "a list")
        #expect("\(list)".hasPrefix("my.json: holds a list, not an object; settings are written as {"))
    }

    @Test("the sentence on a key of a file has both, apart and in quotes")
    func keyOfAFile() {
        let error = SettingsError.inFile("my.json", .unknownKey("stepz", nearest: ["steps"]))
        #expect("\(error)" == "'my.json': unknown setting 'stepz'; did you mean 'steps'?")
        #expect("\(error.inGroup("recipe."))".contains("unknown setting 'recipe.stepz'; did you mean 'recipe.steps'?"))
    }

    @Test("a bad file names file and key, or line and column, and changes nothing", arguments: badFiles)
    func badFile(_ text: String, _ expected: SettingsError) {
        var tree = Tree(defaults: SampleSettings())
        let before = tree.json
        #expect(throws: expected) { try tree.apply(contentsOfJSON: Data(text.utf8), fileName: "my.json") }
        #expect(tree.json == before)
    }
}
