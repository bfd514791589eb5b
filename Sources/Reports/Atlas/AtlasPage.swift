import Autodidact
public import Studies

/// The Atlas: all studies' records as one Markdown page with its plots.
///
/// A pure function of the records, so that a test can tell whether the page in the repository is theirs.
public enum AtlasPage {
    /// The folder of the plots, beside the page.
    public static let plotFolder = "atlas"

    /// The page; records in any order.
    public static func markdown(_ records: [StudyRecord]) -> String {
        let sorted = records.sorted { $0.slug < $1.slug }
        return ([introduction, count(sorted), table(sorted)] + sorted.map(section)).joined(separator: "\n\n") + "\n"
    }

    /// The plots of a study by file name.
    public static func plots(_ record: StudyRecord) -> [(name: String, svg: String)] {
        let arms = (armsPlotName(record), ArmsPlot(record).picture.source + "\n")
        return [arms]
            + record.curves.compactMap { quantity in
                CurvesPlot(quantity, of: record).map { (curveName(quantity, record), $0.picture.source + "\n") }
            }
    }

    private static let introduction = """
        # Atlas

        Published systems against their baselines in miniature, each judged by a criterion that was written before the run and is code:
        *reproduced* where every check that counts holds, *partly* where only some core check does, *not reproduced* otherwise. An arm's
        figure is its mean over seeds with the 95 % Student-t interval; all arms and seeds meet the same sealed problems,
        so an interval does not say how much other problems would change. Curves are on held-out problems. Where results on sealed problems
        were seen before, the notes say so; a *second draw* or a later one has other problems and other seeds. The arms of a study sample
        equally many tokens for their training unless it says why not. Times are those of the machine that ran it.

        `autodidact study --atlas` writes this page from the records in `Atlas/`, which hold everything needed to run a study again. It is
        not edited by hand.
        """

    private static func count(_ records: [StudyRecord]) -> String {
        let judged = records.filter(\.isJudged)
        let verdicts = [StudyVerdict.reproduced, .partly, .notReproduced].map { verdict in
            "\(judged.count { $0.verdict == verdict }) \(verdict.rawValue)"
        }
        return "Of \(judged.count) systems: \(verdicts.joined(separator: ", "))."
    }

    private static func table(_ records: [StudyRecord]) -> String {
        let head = "| system | verdict | figures | training tokens | time |\n|---|---|---|---:|---:|"
        let rows = records.map { record in
            let arms = record.arms.map { "\(cell($0.name)) \(record.figure(of: $0))" }.joined(separator: "<br>")
            let tokens = Figures.count(Double(record.tokens.sampled))
            let title = "[\(cell(record.title))](#\(record.slug))"
            return "| \(title) | **\(record.outcome)** | \(cell(record.quantity.title)):<br>\(arms) | \(tokens) | "
                + "\(Figures.seconds(record.measuredSeconds)) |"
        }
        return ([head] + rows).joined(separator: "\n")
    }

    private static func section(_ record: StudyRecord) -> String {
        var parts = [
            "<a id=\"\(record.slug)\"></a>\n\n## \(record.title)",
            "**\(record.outcome)** · [arXiv:\(record.arxiv)](https://arxiv.org/abs/\(record.arxiv)) · recipe `\(record.slug)` · "
                + "\(seeds(record)) · \(model(record))\(scale(record))",
            "**Claim.** \(record.claim)",
            "**Criterion, written before the run.** \(record.criterion)",
            "**What came out.**\n\n" + checks(record),
            armTable(record),
        ]
        parts += plots(record).map { "![\($0.name)](\(plotFolder)/\($0.name))" }
        if !record.notes.isEmpty { parts.append("**Notes.** " + record.notes.joined(separator: " ")) }
        parts.append("Again: `\(record.command)`")
        return parts.joined(separator: "\n\n")
    }

    /// What the figures rest on: `3 seeds, second draw`.
    static func seeds(_ record: StudyRecord) -> String {
        let draws = ["", ", second draw", ", third draw"]
        let draw = record.draw ?? 0
        return counted(record.seeds, "seed") + (draws.indices.contains(draw) ? draws[draw] : ", draw \(draw + 1)")
    }

    static func model(_ record: StudyRecord) -> String { "model `\(record.model.name)` (`\(record.model.weightsHash.prefix(12))`)" }

    static func scale(_ record: StudyRecord) -> String { record.isJudged ? "" : ", quick form: shows only that every part works" }

    /// What the verdict rests on.
    static func checks(_ record: StudyRecord) -> String {
        guard record.isJudged else { return "Nothing is judged in the quick form, which is too small for it." }
        return record.checks.map(check).joined(separator: "\n")
    }

    private static func check(_ check: StudyCheck) -> String {
        let weight = check.weight == .reported ? "reported" : check.weight == .core ? "core" : "required"
        return "- **\(check.holds ? "holds" : "fails")** \(check.name) (\(weight)): \(check.figures.map(\.text).joined(separator: "; "))"
    }

    private static func armTable(_ record: StudyRecord) -> String {
        let titles = ["arm", "what it does", cell(record.quantity.title), "n", "tokens sampled", "trained", "time"]
        let head = "| \(titles.joined(separator: " | ")) |\n|---|---|---|---:|---:|---:|---:|"
        let rows = record.arms.map { arm in
            let seeds = Double(max(1, arm.tokens.count))
            let trained = Double(arm.tokens.reduce(0) { $0 + $1.trained }) / seeds
            let seconds = arm.measuredSeconds.reduce(0, +) / seeds
            return "| \(cell(arm.name)) | \(cell(arm.summary + ownBudget(arm))) | \(record.figure(of: arm)) | \(arm.problems) | "
                + "\(Figures.count(arm.meanSampledTokens)) | \(Figures.count(trained)) | \(Figures.seconds(seconds)) |"
        }
        return ([head] + rows).joined(separator: "\n") + "\n\nTokens and times are those of one seed, on average."
    }

    /// Why an arm samples as much as it needs, where it does.
    private static func ownBudget(_ arm: StudyArmRecord) -> String {
        arm.budget.hasPrefix("own: ") ? "; tokens of its own, as \(arm.budget.dropFirst(5))" : ""
    }

    private static func armsPlotName(_ record: StudyRecord) -> String { "\(record.slug).svg" }

    private static func curveName(_ quantity: StudyQuantity, _ record: StudyRecord) -> String {
        let name = quantity.measurement.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
        return "\(record.slug)-\(name).svg"
    }

    /// Text that stays within its cell.
    static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }
}
