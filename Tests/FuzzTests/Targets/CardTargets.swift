import Foundation

@testable import AutodidactCLI

/// The card of a model's folder, of which the tasks that it states are read.
let cardTargets = [
    FuzzTarget(
        "model-card", words: ["| ", "|\n", "\n", "\r\n", "|---|---|---|---|---|---|\n", cardHeads, "countdown", "\u{0}", "\u{202E}"],
        places: ["README.md"],
        corpus: {
            [
                "# A model\n\n" + cardHeads + "|---|---|---|---|---|---|\n"
                    + ["countdown", "choice"].map { "| \($0) | 1 | 2 | 3 | 4 | 5 |\n" }.joined(),
                cardHeads, "# Another\n\nwithout figures\n",
            ].map { FuzzInput(ModelCard.fileName, $0.utf8) }
        },
        run: { input in
            try await Workspace("card").with(input) { folder in
                let tasks = try ModelCard.tasks(in: folder)
                try require(Set(tasks).count == tasks.count && !tasks.contains(""), "names that are none, or twice: \(tasks.prefix(20))")
                try require(tasks.count <= ModelCard.mostRows, "\(tasks.count) names")
            }
        })
]

private let cardHeads = "| " + LevelFigures.heads.joined(separator: " | ") + " |\n"
