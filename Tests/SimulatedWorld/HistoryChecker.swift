import Autodidact

/// Holds what a store says against what was acknowledged, and against the laws of a run.
///
/// Each violation is a sentence.
struct HistoryChecker: Sendable {
    let script: SimulationScript

    /// What is wrong with a store that was opened after whatever happened; `state` is nil where it holds no run.
    func violations(of state: StoredState?, given said: Witness.Testimony) -> [String] {
        guard let state else {
            return said.begun == nil && said.generations.isEmpty && said.summary == nil ? [] : ["the acknowledged run is absent"]
        }
        return absences(in: state, given: said) + inventions(in: state, given: said) + broken(state)
    }

    /// Nothing acknowledged is absent or changed.
    private func absences(in state: StoredState, given said: Witness.Testimony) -> [String] {
        var violations: [String] = []
        if let begun = said.begun, begun.base != state.baseHash || begun.baseline != state.baseline {
            violations.append("the acknowledged base or baseline was changed")
        }
        for (number, generation) in said.generations.sorted(by: { $0.key < $1.key }) {
            guard number <= state.generations.count else {
                violations.append("acknowledged generation \(number) is absent")
                continue
            }
            if state.generations[number - 1] != generation.record { violations.append("acknowledged generation \(number) was changed") }
            if state.episodes[number - 1] != generation.episodes {
                violations.append("the episodes of acknowledged generation \(number) were changed")
            }
        }
        if let summary = said.summary, state.summary != summary {
            violations.append("the acknowledged end of the run is absent or changed")
        }
        return violations
    }

    /// What is there was asked for.
    private func inventions(in state: StoredState, given said: Witness.Testimony) -> [String] {
        var violations: [String] = []
        var wasBegun = said.begun != nil
        var wasFinished = said.summary == nil && state.summary == nil
        var attempted: [Int: [(GenerationRecord, [Episode])]] = [:]
        for call in said.attempts {
            switch call {
            case .begin(_, let base, let baseline): if base == state.baseHash && baseline == state.baseline { wasBegun = true }
            case .commit(let record, let episodes, _): attempted[record.number, default: []].append((record, episodes))
            case .finish(let summary): if summary == state.summary { wasFinished = true }
            }
        }
        if !wasBegun { violations.append("the run in the store was never begun") }
        if state.summary != nil && !wasFinished { violations.append("the end of the run in the store was never asked for") }
        for (record, episodes) in zip(state.generations, state.episodes)
        where !(attempted[record.number] ?? []).contains(where: { $0.0 == record && $0.1 == episodes }) {
            violations.append("generation \(record.number) in the store is none that was ever committed")
        }
        return violations
    }

    /// The laws that hold of any committed state.
    private func broken(_ state: StoredState) -> [String] {
        var violations: [String] = []
        var incumbent = state.baseHash
        for (index, (record, episodes)) in zip(state.generations, state.episodes).enumerated() {
            let name = "generation \(index + 1)"
            if record.number != index + 1 { violations.append("\(name) has the number \(record.number)") }
            if record.decision.outcome == .promoted {
                if record.evaluation.weightsHash != record.candidateHash { violations.append("\(name) was promoted without an evaluation") }
                if !(1...record.evaluation.outcomes.count).contains(record.decision.comparison.n) {
                    violations.append("\(name) was promoted by a decision on other problems")
                }
                incumbent = record.candidateHash
            }
            if record.incumbentHash != incumbent { violations.append("\(name) names an incumbent that was not promoted") }
            violations += sampling(episodes, of: name, form: script.forms[index])
        }
        if state.incumbentHash != incumbent { violations.append("the incumbent's weights are not those of the last promotion") }
        return violations
    }

    /// Each problem is sampled once a generation: one group of all its members.
    private func sampling(_ episodes: [Episode], of name: String, form: SimulationScript.Form) -> [String] {
        let wanted = form == .idle ? 0 : script.problems * script.samples
        var violations = episodes.count == wanted ? [] : ["\(name) has \(episodes.count) episodes of \(wanted)"]
        var members: [Problem.ID: [Int]] = [:]
        var keys: [Problem.ID: Set<UInt64>] = [:]
        for episode in episodes {
            members[episode.problem.id, default: []].append(episode.origin.member)
            keys[episode.problem.id, default: []].insert(episode.origin.key)
        }
        for (problem, found) in members.sorted(by: { $0.key < $1.key })
        where found != Array(0..<script.samples) || keys[problem]?.count != 1 {
            violations.append("\(name) did not sample problem \(problem.prefix(8)) exactly once")
        }
        return violations
    }

    /// What differs between a finished run and the undisturbed one.
    func differences(_ state: StoredState, from reference: StoredState) -> [String] {
        var differences: [String] = []
        if state.incumbentHash != reference.incumbentHash { differences.append("the final weights differ from the undisturbed run's") }
        if state.generations.map(\.timeless) != reference.generations.map(\.timeless) {
            let decisions = state.generations.map(\.decision) == reference.generations.map(\.decision)
            differences.append("the \(decisions ? "records" : "gate's decisions") differ from the undisturbed run's")
        }
        if state.episodes != reference.episodes { differences.append("the episodes differ from the undisturbed run's") }
        if state.summary?.timeless != reference.summary?.timeless { differences.append("the summary differs from the undisturbed run's") }
        return differences
    }
}
