import Autodidact
public import Studies

/// The card of a studied system: how to run it, what came out, its settings and metrics, and where its code departs from the paper.
///
/// A pure function of the record and of what the recipe declares, so that a test can tell whether the card in the repository is theirs.
public enum AtlasCard {
    /// The file beside the record.
    public static func name(_ record: StudyRecord) -> String { "\(record.slug).md" }

    /// The card.
    ///
    /// - Parameter page: The way from the card to the Atlas' page.
    /// - Throws: `UnknownRecipe` where the record's system is not in the catalogue.
    public static func markdown(_ record: StudyRecord, page: String) throws -> String {
        let recipe = try record.recipe()
        let parts = [
            head(record, recipe), run(record, recipe.card), result(record, page: page), metrics(recipe), notes(recipe),
            settings(recipe, in: record.recipeArm),
        ]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func head(_ record: StudyRecord, _ recipe: any Recipe.Type) -> String {
        """
        <!-- Written by `autodidact study --atlas` from \(record.slug).json and \(recipe.file("+Notes")). Not edited by hand. -->

        # \(record.title)

        \(recipe.card.paper), [arXiv:\(record.arxiv)](https://arxiv.org/abs/\(record.arxiv)). Recipe `\(record.slug)`: \
        \(recipe.card.summary). Source: \(link(recipe.file())).

        **Claim.** \(record.claim)
        """
    }

    private static func run(_ record: StudyRecord, _ card: RecipeCard) -> String {
        let settings = record.recipeArm?.settings ?? [:]
        let command = "autodidact run \(record.slug) --task \(settings["task"] ?? "countdown")"
        let changed = ["generations", "levels"].compactMap { key in settings[key].map { "\(key)=\($0)" } }
        var lines = [
            (command, "with the recipe's defaults; 'plan' in place of 'run' says first what it costs"),
            ("\(command) --set \(changed.joined(separator: " "))", "generations and levels of the study; its other settings are below"),
            (record.command, "the study again"),
        ]
        let ownTask: String
        if card.interaction == .environment {
            ownTask = """
                Data of your own: it practises environments, and a file of questions is none, so it is refused. An environment of your own \
                is a `TaskFamily` in Swift ([where](../docs/ARCHITECTURE.md#where-do-i-go-to-)).
                """
        } else {
            lines.append(("autodidact run \(record.slug) --task my.jsonl --verifier number --model DIR", "your own rows and model"))
            ownTask =
                "Rows, verifiers and an example of a task of your own: [OwnTask](../Examples/OwnTask/README.md)."
                + (card.feedback == .none ? " Answers are read by the gate alone; the recipe learns without them." : "")
        }
        let width = lines.map(\.0.count).filter { $0 < 80 }.max() ?? 0
        let block = lines.map { line, comment in line + String(repeating: " ", count: max(0, width - line.count)) + "  # " + comment }
        return "## Run it\n\n```sh\n\(block.joined(separator: "\n"))\n```\n\n\(ownTask)"
    }

    private static func result(_ record: StudyRecord, page: String) -> String {
        let head = "| arm | \(AtlasPage.cell(record.quantity.title)) | n | tokens sampled |\n|---|---|---:|---:|"
        let rows = record.arms.map {
            "| \(AtlasPage.cell($0.name)) | \(record.figure(of: $0)) | \($0.problems) | \(Figures.count($0.meanSampledTokens)) |"
        }
        return """
            ## Result in miniature

            **\(record.outcome)** · \(AtlasPage.seeds(record)) · \(AtlasPage.model(record))\(AtlasPage.scale(record)). Mean over \
            seeds\(record.isJudged ? " with the 95 % Student-t interval" : ""); n problems, the same for every seed; tokens sampled for \
            training with one seed. Criterion, plots and what was tried: [Atlas](\(page)#\(record.slug)).

            \(([head] + rows).joined(separator: "\n"))

            \(AtlasPage.checks(record))
            """
    }

    private static func metrics(_ recipe: any Recipe.Type) -> String {
        let rows = recipe.metrics.map { "| `\($0.name)` | \(AtlasPage.cell($0.unit)) | \(AtlasPage.cell($0.meaning)) |" }
        return """
            ## Metrics

            What a generation of this recipe may record, depending on its settings. What is healthy, and what to do where it is not: \
            [METRICS](../docs/METRICS.md).

            \((["| name | unit | how to read it |\n|---|---|---|"] + rows).joined(separator: "\n"))
            """
    }

    private static func notes(_ recipe: any Recipe.Type) -> String {
        let lines = recipe.notes.enumerated().map { number, note in
            "\(number + 1). \(note.isDeparture ? "**Departure.** " : "")\(note.text) (`\(note.place)`, \(link(recipe.file(note.part))))"
        }
        return "## Details and departures\n\n" + lines.joined(separator: "\n")
    }

    private static func settings(_ recipe: any Recipe.Type, in arm: StudyArmRecord?) -> String {
        let rows = recipe.settingLines.map { key, value, help in
            "| `\(key)` | \(value) | \(arm?.settings[key] ?? "–") | \(AtlasPage.cell(help)) |"
        }
        let head = "| setting | default | in the study | what it is |\n|---|---:|---:|---|"
        return "## Settings\n\n" + (arm.map { "In the study: those of the arm *\($0.name)*.\n\n" } ?? "")
            + ([head] + rows).joined(separator: "\n")
    }

    /// A file of the repository, in which cards lie one folder deep.
    private static func link(_ path: String) -> String { "[\(path.split(separator: "/").last ?? "")](../\(path))" }
}
