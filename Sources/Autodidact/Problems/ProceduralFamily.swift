public import Randomness

/// A labelled response that tells how far the verifier can be trusted.
public struct AuditItem: Sendable, Hashable {
    /// What the response is made to be.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A correct solution, possibly in an unusual but allowed form.
        case right
        /// An honest mistake.
        case wrong
        /// Made to look right: the target restated, junk around a fragment, numbers reused, text that imitates a verdict.
        case adversarial
    }

    /// The problem that the response claims to solve.
    public let problem: Problem
    /// The response.
    public let response: String
    /// What it is; only `right` may be accepted.
    public let kind: Kind

    /// A labelled response.
    public init(problem: Problem, response: String, kind: Kind) {
        self.problem = problem
        self.response = response
        self.kind = kind
    }
}

/// A family of procedurally generated problems with an exact verifier.
///
/// Laws, checked for each family: equal generators give equal problems; the oracle's response is correct on every problem; each
/// cheat's is not; the difficulty of a level is what its summary says.
public protocol ProceduralFamily: TaskFamily {
    /// A random problem of a level, of any split.
    func problem(level: Int, using generator: inout KeyedGenerator) -> Problem

    /// How hard a problem is, in the family's own unit: a function of the problem alone, on average higher on higher levels.
    func difficulty(of problem: Problem) -> Double

    /// A response by the imperfect demonstrator: right in form, not always in substance.
    func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String

    /// A correct response, found from the reference.
    func oracleResponse(for problem: Problem) -> String

    /// Responses by named cheats, none of which may be accepted.
    func cheatResponses(for problem: Problem) -> [(name: String, response: String)]

    /// Labelled responses: right, wrong and adversarial.
    func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem]
}

extension ProceduralFamily {
    /// Endless random problems, each at most once.
    public func problems(_ split: Split, levels: [Int], key: SeedTree) -> ProblemStream {
        ProblemStream(self, split: split, levels: levels, key: key)
    }
}
