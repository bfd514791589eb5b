import Autodidact
import Randomness

/// A question whose answer can be computed from its own text.
enum ChoiceQuestion: Sendable, Hashable {
    /// One operation, such as `17+25`.
    case result(of: ArithmeticChain)
    /// The largest among the options.
    case largest
    /// The smallest among the options.
    case smallest
    /// The numbers in ascending order, such as `sort 7 2 5`.
    case sort([Int])

    /// Reads a question; nil where it is none of these.
    init?(_ text: Substring) {
        if text == "largest" {
            self = .largest
        } else if text == "smallest" {
            self = .smallest
        } else if let numbers = text.hasPrefix("sort ") ? Self.numbers(text.dropFirst(5)) : nil {
            guard Set(numbers).count == numbers.count && numbers.count > 1 else { return nil }
            self = .sort(numbers)
        } else if let chain = ArithmeticChain(String(text)), chain.links.count == 1 {
            self = .result(of: chain)
        } else {
            return nil
        }
    }

    /// The question as it is asked.
    var text: String {
        switch self {
        case .result(let chain): chain.text
        case .largest: "largest"
        case .smallest: "smallest"
        case .sort(let numbers): "sort \(Self.text(numbers))"
        }
    }

    /// Whether this option is the answer among all.
    func isAnswer(_ option: [Int], among options: [[Int]]) -> Bool {
        switch self {
        case .result(let chain): option == [chain.answer]
        case .largest: option == options.max { $0[0] < $1[0] }
        case .smallest: option == options.min { $0[0] < $1[0] }
        case .sort(let numbers): option == numbers.sorted()
        }
    }

    /// Whether an option has the right number of numbers to be chosen.
    func isFit(_ option: [Int]) -> Bool {
        if case .sort(let numbers) = self {
            Set(option).count == option.count && option.sorted() == numbers.sorted()
        } else {
            option.count == 1
        }
    }

    static func text(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

    /// Reads positive numbers separated by single spaces; nil where the text is anything else.
    static func numbers(_ text: Substring) -> [Int]? {
        var numbers: [Int] = []
        for part in text.split(separator: " ", omittingEmptySubsequences: false) {
            var bytes = Array(part.utf8)[...]
            do { numbers.append(try bytes.popNumber()) } catch { return nil }
            guard bytes.isEmpty && numbers[numbers.count - 1] > 0 else { return nil }
        }
        return numbers
    }
}
