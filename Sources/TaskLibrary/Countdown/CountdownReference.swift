import Autodidact

/// What a countdown problem is about: numbers, target, and one solution for the oracle.
///
/// Written as `3 7 12 25;45;12+3=15,25-7=18,...`.
struct CountdownReference: Sendable, Hashable {
    /// Between two and `NumberPool.capacity` numbers in `1...NumberPool.largest`, in the order of the prompt.
    let numbers: [Int]
    /// In `1...NumberPool.largest`.
    let target: Int
    /// In the form of a response; true for every reference made by the family, unchecked when read.
    let solution: String

    init(numbers: [Int], target: Int, solution: String) {
        self.numbers = numbers
        self.target = target
        self.solution = solution
    }

    /// Reads a stored reference; nil where it is not written in this form or its numbers are out of range.
    init?(_ text: String) {
        guard text.utf8.count <= ResponseText.maximumBytes else { return nil }
        let parts = Array(text.utf8).split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var (list, goal) = (parts[0], parts[1])
        do {
            var numbers = [try Self.number(&list)]
            while list.popFirst() == UInt8(ascii: " ") { numbers.append(try Self.number(&list)) }
            target = try Self.number(&goal)
            guard list.isEmpty && goal.isEmpty && 2...NumberPool.capacity ~= numbers.count else { return nil }
            self.numbers = numbers
        } catch {
            return nil
        }
        let newline = ResponseText.newline
        solution = String(decoding: parts[2].map { $0 == UInt8(ascii: ",") ? newline : $0 }, as: UTF8.self)
    }

    /// The stored form, from which `init(_:)` makes an equal value.
    var text: String {
        "\(Self.spaced(numbers));\(target);\(solution.replacing("\n", with: ","))"
    }

    /// The problem, whose identity does not depend on the order of the numbers or on the stored solution.
    func problem(level: Int) -> Problem {
        Problem(
            task: CountdownFamily.slug,
            canonical: "\(Self.spaced(numbers.sorted())) -> \(target)",
            prompt: "countdown \(Self.spaced(numbers)) -> \(target)\n",
            reference: text,
            level: level
        )
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) throws(LineFault) -> Int {
        let number = try bytes.popNumber()
        guard 1...NumberPool.largest ~= number else { throw .form }
        return number
    }

    private static func spaced(_ numbers: [Int]) -> String {
        numbers.map(String.init).joined(separator: " ")
    }
}
