public import Autodidact
public import Randomness

/// Evaluate a chain of operations strictly from left to right, writing every step.
///
/// The prompt is `arithmetic 17+25*3-8` and a newline, and means ((17+25)*3)-8; `ArithmeticVerifier` says what a response is.
public struct ArithmeticFamily: ProceduralFamily {
    static let slug = "arithmetic"

    /// How probably the demonstrator slips in a step.
    ///
    /// On the default levels of four and five steps 0.94⁴ and 0.94⁵, 78 % and 73 %, of its responses are right.
    static let slipProbability = 0.06

    /// What the catalogue says of arithmetic.
    public let card = TaskCard(
        slug: slug,
        summary: "Evaluate a chain strictly left to right, 17+25*3-8 being ((17+25)*3)-8; one step a line.",
        levels: ArithmeticLevel.all.map(\.taskLevel),
        defaultLevels: ArithmeticLevel.defaults,
        maximumResponseTokens: 1 + (ArithmeticLevel.all.map(\.longestResponse).max() ?? 0)  // and the end-of-text token
    )

    /// Compares step by step.
    public let verifier: any Verifier = ArithmeticVerifier()
    /// Reads prompts instead of references.
    public let auditor: (any Verifier)? = ArithmeticAuditor()

    /// Elementary operations on digits in the written solution: pairs of digits for products, the longer number's for sums.
    ///
    /// 0 where the problem's reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        guard let chain = ArithmeticChain(problem.reference) else { return 0 }
        return chain.steps.reduce(0) { work, step in
            let (left, right) = (String(step.left).count, String(step.right).count)
            return work + Double(step.operation == .times ? left * right : max(left, right))
        }
    }

    /// The family, with the levels of `ArithmeticLevel`.
    public init() {}

    /// What the last line gives, whatever the way to it; nil where that line is not a step.
    public func answer(in response: String, to question: Question) -> String? {
        guard let line = ResponseText.lines(of: response)?.last else { return nil }
        do { return String(try WrittenStep(line: line).result) } catch { return nil }
    }

    /// A random problem.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        ArithmeticLevel.level(level).chain(using: &generator).problem(level: level)
    }

    /// Every step of the chain, each with `slipProbability` a slip in its result, which is carried on.
    ///
    /// Where a slip makes a difference fall below 1, the smaller number is taken from the larger (another slip). Empty where the
    /// problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        guard let chain = ArithmeticChain(problem.reference) else { return "" }
        var (steps, value) = ([WrittenStep](), chain.first)
        steps.reserveCapacity(chain.links.count)
        for link in chain.links {
            let result = link.operation.result(value, link.operand) ?? max(1, link.operand - value)
            var step = WrittenStep(value, link.operation, link.operand, gives: result)
            if generator.uniform() < Self.slipProbability { step.result = ArithmeticSlip.result(of: step, using: &generator) }
            steps.append(step)
            value = step.result
        }
        return ResponseText.response(steps)
    }

    /// The right steps; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        ArithmeticChain(problem.reference).map { ResponseText.response($0.steps) } ?? ""
    }
}
