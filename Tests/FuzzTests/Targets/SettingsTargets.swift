import Foundation
import Recipes

@testable import Autodidact
@testable import AutodidactCLI

/// Settings: as texts of `--set`, as a JSON file, and those of every recipe.
let settingsTargets = [
    FuzzTarget(
        "settings-set", words: settingsWords, places: settingsPlaces,
        corpus: {
            [
                "generations=3", "gate.confidence=0.99\nlevels=1,2", "seed=18446744073709551615\nlevels=",
                "adapter.rank=8\nadapter.targets=q_proj,v_proj\nadapter.alpha=16.5\nadapter.rsLoRA=true",
                "levels=[1,2]\nconversation=chatml",
                "evaluation.temperature=0.7\nevaluation.problems=500\ngate.greedyLevel=0",
            ].map { FuzzInput("set.txt", $0.utf8) }
        },
        run: { input in
            let assignments = input.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let tree = try SettingsChanges(assignments: assignments).applied(to: SettingsTree(defaults: RunSettings()))
            try checkSettings(tree).validate()
        }),
    FuzzTarget(
        "settings-json", words: settingsWords, places: settingsPlaces,
        corpus: {
            [
                SettingsTree(defaults: RunSettings()).json, #"{"gate.confidence": 0.99, "evaluation": {"problems": 500}}"#, "{}",
                #"{"levels": [1, 2], "adapter": {"rank": 4, "targets": ["q_proj"], "rsLoRA": true}, "conversation": "chatml"}"#,
            ].map { FuzzInput("settings.json", $0.utf8) }
        },
        run: { input in
            var tree = SettingsTree(defaults: RunSettings())
            try tree.apply(contentsOfJSON: Data(input.bytes), fileName: "settings.json")
            try checkSettings(tree).validate()
        }),
    FuzzTarget(
        "settings-recipe", words: settingsWords, places: settingsPlaces,
        corpus: { RecipeCatalogue.all.map { FuzzInput($0.card.slug + ".txt", assignments(of: $0).utf8) } },
        run: { input in
            guard let recipe = RecipeCatalogue.all.first(where: { $0.card.slug + ".txt" == input.files[0].name }) else { return }
            try applySettings(input.text, to: recipe)
        }),
]

private let settingsPlaces = ["setting '", "is not of the form key=value", "settings.json:"]

private let settingsWords =
    SettingsTree(defaults: RunSettings()).keys.map(\.key) + [
        "=", ".", ",", "[", "]", "true", "false", "infinity", "-infinity", "not a number", "auto", "chatml", "q_proj", "all-linear",
        "adapter",
        "gate", "recipe.", "generations=1", "\n",
    ]

/// The settings of a tree, which must read back to itself.
private func checkSettings<Value>(_ tree: SettingsTree<Value>) throws -> Value {
    let again = try SettingsTree(json: tree.json, defaults: try SettingsTree(json: "{}", defaults: tree.resolved()).resolved())
    try require(again.json == tree.json, "the tree \(tree.json.prefix(200)) reads back as \(again.json.prefix(200))")
    return try tree.resolved()
}

private func assignments<R: Recipe>(of recipe: R.Type) -> String {
    SettingsTree(defaults: R.Settings()).keys.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
}

private func applySettings<R: Recipe>(_ text: String, to recipe: R.Type) throws {
    var tree = SettingsTree(defaults: R.Settings())
    for assignment in text.split(separator: "\n") { try tree.apply(String(assignment)) }
    try checkSettings(tree).validate()
}
