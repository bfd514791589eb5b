import Autodidact
import Foundation
import Testing

/// A setting of every kind, and a group within the group.
private struct Oven: SettingsGroup {
    enum Heat: String, Codable, Sendable { case above, below }

    struct Tray: SettingsGroup {
        @Setting("how many stand on it", 1...6) var loaves = 2
        @Setting("how high it stands", 1...3) var height = 1

        func validateTogether() throws(SettingsError) {
            if loaves > 4 && height == 3 { throw .noEffect(key: "height", because: "more than 4 loaves fit only below") }
        }
    }

    @Setting("how long it bakes, in minutes", 1...600) var minutes = 40
    @Setting("share of steam", 0...1) var steam = 0.25
    @Setting("how warm it is, from cold to hot", 0.01...10) var warmth: Float = 1
    @Setting("where heat comes from: above or below") var heat = Heat.below
    @Setting("whether it is watched") var isWatched = false
    @Setting("what is baked") var dough = "rye"
    @Setting("share of steam in each quarter", each: 0...1) var quarters: [Double] = [1, 0.5]
    @Setting("racks that are used", each: 1...4) var racks: [Int] = [1]
    var tray = Tray()

    func validateTogether() throws(SettingsError) {
        if dough.isEmpty { throw .outOfRange(key: "dough", value: "", allowed: "a text") }
        // Ranges come first, so the minutes are known to be positive here.
        try CountLimits.check(tray.loaves, key: "tray.loaves", from: 1, upTo: minutes)
    }
}

@Suite("Setting")
struct SettingTests {
    private static let json =
        #"{"dough":"rye","heat":"below","isWatched":false,"minutes":40,"quarters":[1,0.5],"racks":[1],"steam":0.25,"#
        + #""tray":{"height":1,"loaves":2},"warmth":1}"#

    private func refusal(_ assignments: String...) throws -> SettingsError? {
        var tree = SettingsTree(defaults: Oven())
        for assignment in assignments { try tree.apply(assignment) }
        let oven = try tree.resolved()
        do throws(SettingsError) {
            try oven.validate()
            return nil
        } catch {
            return error
        }
    }

    @Test("is coded as its bare value, under its name")
    func coding() throws {
        #expect(SettingsTree(defaults: Oven()).json == Self.json)
        var oven = Oven()
        (oven.minutes, oven.heat, oven.quarters, oven.tray.loaves) = (50, .above, [], 3)
        let decoded = try JSONDecoder().decode(Oven.self, from: try JSONEncoder().encode(oven))
        #expect(decoded == oven)
        #expect(decoded.minutes == 50 && decoded.heat == .above && decoded.quarters == [] && decoded.tray.loaves == 3)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Oven.self, from: Data(#"{"minutes": 50}"#.utf8)) }
    }

    @Test("takes part in a tree of settings by its name alone")
    func keys() throws {
        var tree = SettingsTree(defaults: Oven())
        #expect(
            tree.keys.map(\.key) == [
                "dough", "heat", "isWatched", "minutes", "quarters", "racks", "steam", "tray.height", "tray.loaves", "warmth",
            ])
        #expect(throws: SettingsError.unknownKey("_minutes", nearest: ["minutes"])) { try tree.apply("_minutes=3") }
        #expect(throws: SettingsError.unknownKey("tray.loafs", nearest: ["tray.loaves"])) { try tree.apply("tray.loafs=3") }
        #expect(throws: SettingsError.wrongType(key: "minutes", value: "2.5", expected: "a whole number")) { try tree.apply("minutes=2.5") }
        #expect(throws: SettingsError.outOfRange(key: "heat", value: "aside", allowed: "the values that its help names")) {
            try tree.apply("heat=aside")
        }
    }

    @Test("a choice that is coded as anything but a text is refused as that, not as an unknown name")
    func choiceOfNoText() {
        struct Fan: SettingsGroup {
            @Setting("how fast") var speed = Speed.slow
        }
        enum Speed: String, Codable, Sendable, CaseIterable { case slow, fast }
        #expect {
            try JSONDecoder().decode(Fan.self, from: Data(#"{"speed": 3}"#.utf8))
        } throws: { error in
            if case .typeMismatch? = error as? DecodingError { true } else { false }
        }
        #expect {
            try JSONDecoder().decode(Fan.self, from: Data(#"{"speed": "slwo"}"#.utf8))
        } throws: { error in
            guard case .dataCorrupted(let context)? = error as? DecodingError else { return false }
            return context.debugDescription == "slow, fast; did you mean 'slow'?"
        }
    }

    @Test("is equal to another by value alone, wherever both come from")
    func equality() throws {
        let decoded = try JSONDecoder().decode(Oven.self, from: Data(Self.json.utf8))
        #expect(decoded == Oven() && decoded.hashValue == Oven().hashValue)
        var changed = decoded
        changed.warmth = 2
        #expect(changed != Oven())
        #expect(Set([decoded, Oven(), changed]).count == 2)
        #expect(Setting(wrappedValue: 1, "one", 0...1) == Setting(wrappedValue: 1, "another", 0...9))
    }

    @Test("tells its help under its key, groups within by dotted keys")
    func help() {
        #expect(
            Oven.help == [
                "minutes": "how long it bakes, in minutes", "steam": "share of steam", "warmth": "how warm it is, from cold to hot",
                "heat": "where heat comes from: above or below", "isWatched": "whether it is watched", "dough": "what is baked",
                "quarters": "share of steam in each quarter", "racks": "racks that are used", "tray.loaves": "how many stand on it",
                "tray.height": "how high it stands",
            ])
    }

    @Test(
        "refuses a value outside its range, by name",
        arguments: [
            ("minutes=0", "setting 'minutes' is 0; allowed: from 1 up to 600"),
            ("minutes=601", "setting 'minutes' is 601; allowed: from 1 up to 600"),
            ("steam=1.5", "setting 'steam' is 1.5; allowed: 0.0 to 1.0"),
            ("warmth=0.001", "setting 'warmth' is 0.001; allowed: 0.01 to 10.0"),
            ("quarters=0.5,-0.25,2", "setting 'quarters' is -0.25; allowed: 0.0 to 1.0"),
            ("racks=1,5", "setting 'racks' is 5; allowed: from 1 up to 4"),
            ("tray.loaves=7", "setting 'tray.loaves' is 7; allowed: from 1 up to 6"),
        ])
    func ranges(assignment: String, message: String) throws {
        #expect(try refusal(assignment)?.description == message)
    }

    @Test("accepts the bounds of its range, and an empty list", arguments: ["minutes=1", "minutes=600", "warmth=0.01", "racks="])
    func bounds(assignment: String) throws {
        // More loaves than minutes are refused.
        #expect(try refusal(assignment, "tray.loaves=1") == nil)
    }

    @Test("refuses what is not a number")
    func notANumber() {
        var oven = Oven()
        oven.warmth = .nan
        #expect(throws: SettingsError.outOfRange(key: "warmth", value: "nan", allowed: "0.01 to 10.0")) { try oven.validate() }
    }

    @Test("is held against those beside it once each is in its range")
    func together() throws {
        #expect(try refusal("dough=") == .outOfRange(key: "dough", value: "", allowed: "a text"))
        #expect(try refusal("dough=", "minutes=0") == .outOfRange(key: "minutes", value: "0", allowed: "from 1 up to 600"))
        #expect(try refusal("minutes=1") == .outOfRange(key: "tray.loaves", value: "2", allowed: "from 1 up to 1"))
        let tooMany = SettingsError.noEffect(key: "tray.height", because: "more than 4 loaves fit only below")
        #expect(try refusal("tray.loaves=5", "tray.height=3") == tooMany)
    }
}
