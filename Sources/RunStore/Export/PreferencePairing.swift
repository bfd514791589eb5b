/// Collects what one generation answered to each prompt, and pairs right with wrong.
///
/// The same weights, or those of neighbouring steps, wrote both sides. Every text is used once: with r different right answers and w
/// wrong ones there are min(r, w) pairs, in the order of the episodes. A text that was judged both ways takes no side.
struct PreferencePairing {
    /// An answer with where it came from.
    typealias Answer = (turn: ExportedTurn, origin: RowProvenance)

    private struct Answers {
        var right: [Answer] = []
        var wrong: [Answer] = []
    }

    private var places: [[ExportedMessage]: Int] = [:]
    private var answers: [Answers] = []

    /// Takes in a judged answer.
    mutating func add(_ answer: Answer, isRight: Bool) {
        let place = places[answer.turn.context] ?? answers.count
        if place == answers.count {
            places[answer.turn.context] = place
            answers.append(Answers())
        }
        if isRight { answers[place].right.append(answer) } else { answers[place].wrong.append(answer) }
    }

    /// All pairs, prompts in the order of their first answers.
    var pairs: [(chosen: Answer, rejected: Answer)] {
        answers.flatMap { group -> [(chosen: Answer, rejected: Answer)] in
            let both = Set(group.right.map(\.turn.text)).intersection(group.wrong.map(\.turn.text))
            let pairs = zip(Self.distinct(group.right, but: both), Self.distinct(group.wrong, but: both))
            return pairs.map { (chosen: $0, rejected: $1) }
        }
    }

    private static func distinct(_ answers: [Answer], but excluded: Set<String>) -> [Answer] {
        var known = excluded
        return answers.filter { known.insert($0.turn.text).inserted }
    }
}
