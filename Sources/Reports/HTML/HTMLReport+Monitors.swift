import Autodidact

extension HTMLReport {
    /// Figures of one kind, with what they tell.
    private struct MonitorGroup {
        let prefix: String
        let title: String
        let explanation: String
    }

    /// The monitors, in the order in which self-improvement goes wrong: first variety, then the reward, then the model.
    private static let monitorGroups = [
        MonitorGroup(
            prefix: "exploration/", title: "Exploration",
            explanation:
                "How many different right answers are still within reach. Where this falls to nothing, more generations add nothing."),
        MonitorGroup(
            prefix: "exploitation/", title: "Exploitation",
            explanation: "How well what was chosen to learn from tells right from wrong, by the verifier's verdict."),
        MonitorGroup(
            prefix: "reward/", title: "Reward against truth",
            explanation:
                "A reward of the method's own beside the verifier's. A gap that grows while accuracy does not is a hacked reward."),
        MonitorGroup(
            prefix: "signal/", title: "What is learned from",
            explanation:
                "The reward that the method learns by, and its rise within a generation. Where it rises and held-out accuracy falls, it is "
                + "hacked: an alarm rings."),
        MonitorGroup(
            prefix: "tuning/", title: "Tuning",
            explanation: "What a tuner saw of each setting it tried, and what it chose: many right responses, few wrong ones."),
        MonitorGroup(
            prefix: "attempts/", title: "From one attempt to the next",
            explanation:
                "Of the problems: kept right, fixed, broken, kept wrong. A second attempt helps where it fixes more than it breaks."),
        MonitorGroup(
            prefix: "search/", title: "Search",
            explanation: "What the search spent and found beyond plain sampling."),
        MonitorGroup(
            prefix: "critic/", title: "Critic",
            explanation: "How the policy that judges learns, apart from the one that answers."),
        MonitorGroup(
            prefix: "certainty/", title: "Certainty",
            explanation: "Whether the model's confidence goes with being right."),
        MonitorGroup(
            prefix: "consistency/", title: "Consistency",
            explanation: "How far the model's answers to one question agree. Agreement that grows while accuracy does not is a habit."),
        MonitorGroup(
            prefix: "sharpness/", title: "Sharpness",
            explanation: "How much probability lies on the responses that the base itself finds most probable."),
        MonitorGroup(
            prefix: "length/", title: "Length",
            explanation:
                "Tokens of responses, and their change since the generation before. Right and wrong ones that drift apart show a reward "
                + "for being short or long."),
        MonitorGroup(
            prefix: "kl/", title: "Distance from the reference",
            explanation: "How far the policy has moved from where it began, in nats. Much movement for little accuracy is a warning."),
    ]

    /// Whether a figure is drawn among the monitors.
    static func isMonitor(_ name: String) -> Bool { monitorGroups.contains { name.hasPrefix($0.prefix) } }

    /// The monitors of the generations, by kind; nothing where a recipe recorded none.
    static func monitors(_ dossier: RunDossier) -> Markup {
        let records = dossier.generations
        let names = Set(records.flatMap(\.metrics.keys)).filter(isMonitor).sorted()
        let numbers = records.map(\.number)
        guard !names.isEmpty, let first = numbers.min(), let last = numbers.max() else { return .empty }
        return section(
            "Monitors", note: "What tells healthy learning from its imitations; alone they decide nothing; alarms read some of them."
        ) {
            monitorGroups.map { group in
                let own = names.filter { $0.hasPrefix(group.prefix) }
                return own.isEmpty
                    ? .empty
                    : Markup([
                        tag("h3") { Markup(text: group.title) },
                        tag("p", class: "note") { Markup(text: group.explanation) },
                        multiples(own.map { recorded($0, in: records) }, generations: first...last, explained: dossier.metrics),
                    ])
            }
        }
    }
}
