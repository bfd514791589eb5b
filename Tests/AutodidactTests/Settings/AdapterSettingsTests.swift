import Autodidact
import Testing

@Suite("AdapterSettings")
struct AdapterSettingsTests {
    private func refusal(_ assignments: [String]) throws -> SettingsError? {
        var tree = SettingsTree(defaults: RunSettings())
        for assignment in assignments { try tree.apply(assignment) }
        let settings = try tree.resolved()
        do throws(SettingsError) {
            try settings.validate()
            return nil
        } catch {
            return error
        }
    }

    @Test("what would have no effect without an adapter is refused", arguments: ["alpha=8", "targets=q_proj", "rsLoRA=true"])
    func noEffect(_ assignment: String) throws {
        guard case .noEffect(let key, let reason) = try refusal(["adapter.\(assignment)"]) else {
            Issue.record("adapter.\(assignment) was accepted")
            return
        }
        #expect("adapter.\(assignment)".hasPrefix(key) && reason.contains("adapter.rank"))
        #expect(try refusal(["adapter.\(assignment)", "adapter.rank=4"]) == nil)
    }

    @Test(
        "values outside their range are refused by name",
        arguments: [
            "rank=5000", "alpha=0", "alpha=-1", "targets=", "targets=q_proj,q_proj", "targets=embed_tokens", "targets=all-linear,q_proj",
        ])
    func ranges(_ assignment: String) throws {
        let more = assignment.hasPrefix("rank") ? [] : ["adapter.rank=4"]
        guard case .outOfRange(let key, _, _) = try refusal(["adapter.\(assignment)"] + more) else {
            Issue.record("adapter.\(assignment) was accepted")
            return
        }
        #expect("adapter.\(assignment)".hasPrefix(key))
    }

    @Test("an unknown key is answered with the nearest")
    func unknown() {
        var tree = SettingsTree(defaults: RunSettings())
        #expect(throws: SettingsError.unknownKey("adapter.rankk", nearest: ["adapter.rank"])) { try tree.apply("adapter.rankk=4") }
    }
}
