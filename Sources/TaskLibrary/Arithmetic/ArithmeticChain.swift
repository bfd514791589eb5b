import Autodidact

/// A chain such as `17+25*3-8`, evaluated strictly from left to right: ((17+25)*3)-8.
struct ArithmeticChain: Sendable, Hashable {
    /// One operation on the running value.
    struct Link: Sendable, Hashable {
        let operation: Operation
        let operand: Int
    }

    let first: Int
    let links: [Link]

    init(first: Int, links: [Link]) {
        self.first = first
        self.links = links
    }

    /// Reads an expression; nil where it is none, has no operation, divides, or leaves the positive integers on the way.
    init?(_ text: String) {
        guard text.utf8.count <= ResponseText.maximumBytes else { return nil }
        var rest = Array(text.utf8)[...]
        var links: [Link] = []
        do {
            first = try rest.popNumber()
            while let sign = rest.popFirst() {
                guard let operation = Operation(rawValue: sign), operation != .over else { return nil }
                links.append(Link(operation: operation, operand: try rest.popNumber()))
            }
        } catch {
            return nil
        }
        self.links = links
        guard !links.isEmpty && steps.count == links.count else { return nil }
    }

    /// The expression.
    var text: String {
        links.reduce("\(first)") { "\($0)\($1.operation.sign)\($1.operand)" }
    }

    /// The right steps; they end early where a value is not a positive integer that fits.
    var steps: [WrittenStep] {
        var (steps, value) = ([WrittenStep](), first)
        for link in links {
            guard let result = link.operation.result(value, link.operand) else { break }
            steps.append(WrittenStep(value, link.operation, link.operand, gives: result))
            value = result
        }
        return steps
    }

    /// What the last step gives.
    var answer: Int { steps.last?.result ?? first }

    /// The problem, named by its expression.
    func problem(level: Int) -> Problem {
        Problem(
            task: ArithmeticFamily.slug, canonical: text, prompt: "\(ArithmeticFamily.slug) \(text)\n", reference: text, level: level
        )
    }
}
