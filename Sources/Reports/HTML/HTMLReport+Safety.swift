import Autodidact

extension HTMLReport {
    /// What rang, what the audit said, and how the protected tasks fared; nothing where none of it was asked.
    static func safety(_ dossier: RunDossier) -> Markup {
        let parts = [alarms(dossier), skills(dossier), audits(dossier)].filter { $0 != .empty }
        guard !parts.isEmpty else { return .empty }
        return section(
            "Safety and what must not be forgotten",
            note: dossier.isGated ? gatedNote : "There was no gate to ask this: what follows is told, and refused nothing."
        ) { parts }
    }

    private static let gatedNote =
        "The gate asks this first. An alarm refuses the candidate of its generation; one about verifier, reward or data, and an "
        + "audit, keeps promotion paused until its signal has been healthy for some generations."

    private static func alarms(_ dossier: RunDossier) -> Markup {
        let rows = dossier.generations.flatMap { record in record.alarms.map { alarm in (record.number, alarm) } }.map {
            number, alarm -> [Markup] in
            [
                "\(number)", tag("span", class: "tag bad") { Markup(text: alarm.name) },
                tag("div", class: "reason") { Markup(text: excerpt(of: alarm.finding, lines: 4)) }, Markup(text: excerpt(of: alarm.advice)),
            ]
        }
        let words = pausesInWords(dossier.generations, isGated: dossier.isGated)
        let pauses = words.map { words in tag("p", class: "note") { Markup(text: "Promotion stayed paused: \(words).") } } ?? .empty
        guard !rows.isEmpty else { return pauses }
        return Markup([
            tag("h3") { "Alarms" },
            table([.text("generation"), .text("alarm"), .text("found"), .text("look at")], rows: rows), pauses,
        ])
    }

    private static func skills(_ dossier: RunDossier) -> Markup {
        guard let base = dossier.baseline, !base.skills.isEmpty else { return .empty }
        let columns: [Column] = [.text("protected task"), .figures("base")] + dossier.generations.map { .figures("\($0.number)") }
        let rows = base.skills.enumerated().map { index, skill -> [Markup] in
            [Markup(text: skill.name), share(skill.result.meanAtK())]
                + dossier.generations.map { record in
                    record.evaluation.skills.count > index ? share(record.evaluation.skills[index].result.meanAtK()) : "–"
                }
        }
        return Markup([
            tag("h3") { "Protected tasks" },
            tag("p", class: "note") { "mean@\(base.samplesPerProblem) of the base and of each generation's candidate, kept or not." },
            table(columns, rows: rows),
        ])
    }

    private static func audits(_ dossier: RunDossier) -> Markup {
        let rows = dossier.generations.compactMap { record in record.audit.map { (record.number, $0) } }.map { number, audit -> [Markup] in
            [
                "\(number)", Markup(text: audit.auditor), "\(audit.audited) of \(audit.accepted)", "\(audit.rejected)",
                Markup(text: Figures.percent(audit.allowed)), Markup(text: Figures.pValue(audit.pValue)),
            ]
        }
        guard !rows.isEmpty else { return absentAudit(dossier) }
        return Markup([
            tag("h3") { "Audit of accepted responses" },
            table(
                [.text("generation"), .text("by"), .figures("read"), .figures("rejected"), .figures("allowed"), .figures("p")], rows: rows),
        ])
    }

    /// Said where settings ask for an audit and no generation has one, which is so of tasks without a second verifier.
    private static func absentAudit(_ dossier: RunDossier) -> Markup {
        let settings = flattenedSettings(dossier.manifest.settings) ?? []
        let share = settings.first { $0.key == "audit.share" }.flatMap { Double($0.value) } ?? 0
        guard share > 0 && !dossier.generations.isEmpty else { return .empty }
        return tag("p", class: "note") { "Nothing was audited: the task has no second verifier." }
    }
}
