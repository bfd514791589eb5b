/// A pattern as an automaton.
struct PatternProgram: Sendable {
    private enum Step: Sendable, Hashable {
        /// Goes on behind one character of a set.
        case take(ScalarSet)
        /// Goes on where a place is such.
        case look(PatternPlace)
        /// Goes on at either step.
        case split(Int, Int)
        case jump(Int)
        /// The text so far matches.
        case accept
    }

    private var steps: [Step] = []
    /// What was compiled, parts and ranges of sets: a repetition of nothing makes no step and costs time all the same.
    private var cost = 0

    /// The most steps of an automaton, and so of work for each character.
    static let mostSteps = 2_000

    /// The automaton of a pattern.
    init(_ node: PatternNode) throws(PatternFault) {
        try add(node)
        try add(.accept)
    }

    private mutating func add(_ step: Step) throws(PatternFault) {
        guard steps.count < Self.mostSteps else { throw Self.tooLarge }
        steps.append(step)
    }

    private static let mostCost = 10 * mostSteps
    private static let tooLarge = PatternFault(
        column: 1, problem: "it needs more than \(mostSteps) states; repeat less, or take fewer ranges")

    private mutating func add(_ node: PatternNode) throws(PatternFault) {
        cost += 1
        if case .one(let set) = node { cost += set.ranges.count }
        guard cost <= Self.mostCost else { throw Self.tooLarge }
        switch node {
        case .one(let set): try add(.take(set))
        case .place(let place): try add(.look(place))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .choice(let nodes): try add(choice: nodes[...])
        case .repeated(let node, let least, let most):
            guard let most else { return try add(endless: node, least: least) }
            for _ in 0..<least { try add(node) }
            var exits: [Int] = []
            for _ in least..<most {
                exits.append(steps.count)
                try add(.split(steps.count + 1, 0))
                try add(node)
            }
            for exit in exits { steps[exit] = .split(exit + 1, steps.count) }
        }
    }

    private mutating func add(choice nodes: ArraySlice<PatternNode>) throws(PatternFault) {
        guard let first = nodes.first else { return }
        if nodes.count == 1 { return try add(first) }
        var ends: [Int] = []
        for (place, node) in nodes.enumerated() {
            let start = steps.count
            let isLast = place == nodes.count - 1
            if !isLast { try add(.split(start + 1, 0)) }
            try add(node)
            if isLast { break }
            ends.append(steps.count)
            try add(.jump(0))
            steps[start] = .split(start + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func add(endless node: PatternNode, least: Int) throws(PatternFault) {
        guard least > 0 else {
            let start = steps.count
            try add(.split(start + 1, 0))
            try add(node)
            try add(.jump(start))
            steps[start] = .split(start + 1, steps.count)
            return
        }
        var last = steps.count
        for _ in 0..<least {
            last = steps.count
            try add(node)
        }
        // The last copy goes on as often as it likes, so that nested repetitions do not double.
        try add(.split(last, steps.count + 1))
    }

    /// Whether the text, or with `isWhole` false a part of it, is accepted.
    func matches(_ text: [Unicode.Scalar], isWhole: Bool) -> Bool {
        var states = StateList(capacity: steps.count)
        var next = states
        for place in 0...text.count {
            if place == 0 || !isWhole { enter(0, at: place, of: text, into: &states) }
            if states.isAccepting && (!isWhole || place == text.count) { return true }
            guard place < text.count else { break }
            next.removeAll()
            for state in states.taking {
                if case .take(let set) = steps[state], set.contains(text[place]) { enter(state + 1, at: place + 1, of: text, into: &next) }
            }
            swap(&states, &next)
            if isWhole && states.taking.isEmpty && !states.isAccepting { return false }
        }
        return false
    }

    /// Adds a step and all that can be reached from it without a character.
    private func enter(_ start: Int, at place: Int, of text: [Unicode.Scalar], into states: inout StateList) {
        var open = [start]
        while let step = open.popLast() {
            guard states.insert(step) else { continue }
            switch steps[step] {
            case .take: states.taking.append(step)
            case .look(let condition): if condition.holds(text, at: place) { open.append(step + 1) }
            case .split(let first, let second): open += [second, first]
            case .jump(let target): open.append(target)
            case .accept: states.isAccepting = true
            }
        }
    }
}

/// The states in which an automaton may be.
private struct StateList {
    /// Those that wait for a character.
    var taking: [Int] = []
    var isAccepting = false
    private var isIn: [Bool]
    private var all: [Int] = []

    init(capacity: Int) { isIn = Array(repeating: false, count: capacity) }

    /// Adds a state; false where it is in already.
    mutating func insert(_ state: Int) -> Bool {
        if isIn[state] { return false }
        isIn[state] = true
        all.append(state)
        return true
    }

    mutating func removeAll() {
        for state in all { isIn[state] = false }
        all.removeAll(keepingCapacity: true)
        taking.removeAll(keepingCapacity: true)
        isAccepting = false
    }
}
