import Autodidact

extension HTMLReport {
    /// The same problems before and after, and what training episodes looked like.
    static func examples(_ dossier: RunDossier) -> Markup {
        let pairs = dossier.summary?.examples ?? []
        let digests = spread(dossier.digests.filter { !$0.samples.isEmpty }, over: 8)
        guard !pairs.isEmpty || !digests.isEmpty else { return .empty }
        return section(
            "Examples",
            note: pairs.isEmpty ? nil : "Greedy answers to sealed problems, chosen to show what changed first and then what did not."
        ) {
            pairs.map { pair in
                tag("article", class: "example") {
                    tag("pre") { quoted(pair.prompt) }
                    tag("div", class: "answers") {
                        answer("before", pair.before, pair.verdictBefore)
                        answer("after", pair.after, pair.verdictAfter)
                    }
                }
            }
            if !digests.isEmpty { tag("h3") { "Training episodes" } }
            digests.map { digest in
                tag("details") {
                    tag("summary") { "Generation \(digest.number), \(counted(digest.samples.count, "episode"))" }
                    digest.samples.map { episode in
                        tag("article", class: "example") {
                            tag("pre") { quoted(episode.problem.prompt) }
                            answer(
                                "level \(episode.problem.level), \(counted(episode.sampledTokens, "token"))", episode.response,
                                episode.verdict)
                        }
                    }
                }
            }
        }
    }

    /// At most `limit` of the elements, the first and the last among them.
    private static func spread<Element>(_ elements: [Element], over limit: Int) -> [Element] {
        guard elements.count > limit else { return elements }
        return (0..<limit).map { elements[$0 * (elements.count - 1) / (limit - 1)] }
    }

    private static func answer(_ who: String, _ text: String, _ verdict: Verdict) -> Markup {
        tag("div", class: "answer " + style(of: verdict)) {
            tag("div", class: "who") {
                tag("span", class: "tag " + style(of: verdict)) { Markup(text: name(of: verdict)) }
                Markup(text: who)
            }
            tag("pre") { text.isEmpty ? tag("span", class: "quiet") { "(no text)" } : quoted(text) }
            if !verdict.feedback.isEmpty { tag("p", class: "feedback") { quoted(verdict.feedback) } }
        }
    }

    /// What somebody else wrote: cut to size and escaped.
    private static func quoted(_ text: String) -> Markup { Markup(text: excerpt(of: text)) }

    private static func style(of verdict: Verdict) -> String {
        switch verdict {
        case .correct: "good"
        case .wrong: "bad"
        case .unscorable: "open"
        }
    }

    private static func name(of verdict: Verdict) -> String {
        switch verdict {
        case .correct(let score, _): score < 1 ? "✓ correct, \(Figures.plain(score))" : "✓ correct"
        case .wrong(let score, _): score > 0 ? "✗ wrong, \(Figures.plain(score))" : "✗ wrong"
        case .unscorable: "? unscorable"
        }
    }
}
