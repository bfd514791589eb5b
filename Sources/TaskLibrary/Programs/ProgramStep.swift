import Autodidact
import Randomness

/// One thing that a program does to a list of numbers: said in words, written in Python, and done here to know what tests expect.
enum ProgramStep: Sendable, Hashable {
    /// Keeps some of the numbers.
    case keepAbove(Int)
    case keepBelow(Int)
    case keepMultiples(Int)
    /// Changes each of them.
    case add(Int)
    case multiply(Int)
    case square
    /// Changes the list.
    case sort
    case reverse
    case distinct
    case takeFirst(Int)
    case dropFirst(Int)

    /// The sentence after `take xs`, such as `keep those above 5`.
    var words: String {
        switch self {
        case .keepAbove(let n): "keep those above \(n)"
        case .keepBelow(let n): "keep those below \(n)"
        case .keepMultiples(let n): "keep the multiples of \(n)"
        case .add(let n): "add \(n) to each"
        case .multiply(let n): "multiply each by \(n)"
        case .square: "square each"
        case .sort: "sort them"
        case .reverse: "reverse them"
        case .distinct: "drop repeats"
        case .takeFirst(let n): "take the first \(n)"
        case .dropFirst(let n): "drop the first \(n)"
        }
    }

    /// The step in Python, on the list that the expression `xs` gives.
    func python(_ xs: String) -> String {
        switch self {
        case .keepAbove(let n): "[x for x in \(xs) if x > \(n)]"
        case .keepBelow(let n): "[x for x in \(xs) if x < \(n)]"
        case .keepMultiples(let n): "[x for x in \(xs) if x % \(n) == 0]"
        case .add(let n): "[x + \(n) for x in \(xs)]"
        case .multiply(let n): "[x * \(n) for x in \(xs)]"
        case .square: "[x * x for x in \(xs)]"
        case .sort: "sorted(\(xs))"
        case .reverse: "\(xs)[::-1]"
        case .distinct: "list(dict.fromkeys(\(xs)))"
        case .takeFirst(let n): "\(xs)[:\(n)]"
        case .dropFirst(let n): "\(xs)[\(n):]"
        }
    }

    /// What Python makes of these numbers.
    func applied(to numbers: [Int]) -> [Int] {
        switch self {
        case .keepAbove(let n): return numbers.filter { $0 > n }
        case .keepBelow(let n): return numbers.filter { $0 < n }
        case .keepMultiples(let n): return numbers.filter { $0 % n == 0 }
        case .add(let n): return numbers.map { $0 + n }
        case .multiply(let n): return numbers.map { $0 * n }
        case .square: return numbers.map { $0 * $0 }
        case .sort: return numbers.sorted()
        case .reverse: return numbers.reversed()
        case .distinct:
            var seen: Set<Int> = []
            return numbers.filter { seen.insert($0).inserted }
        case .takeFirst(let n): return Array(numbers.prefix(n))
        case .dropFirst(let n): return Array(numbers.dropFirst(n))
        }
    }

    /// The step that these words say; nil where they say none.
    init?(words: Substring) {
        let digits = words.filter { $0.isASCII && $0.isNumber }
        guard let n = digits.isEmpty ? 0 : Int(digits) else { return nil }
        let all: [ProgramStep] = [
            .keepAbove(n), .keepBelow(n), .keepMultiples(n), .add(n), .multiply(n), .square, .sort, .reverse, .distinct, .takeFirst(n),
            .dropFirst(n),
        ]
        guard n < 1_000, let step = all.first(where: { $0.words == words }) else { return nil }
        if step == .keepMultiples(0) { return nil }
        self = step
    }

    /// A random step with constants up to `largest`.
    init(largest: Int, using generator: inout KeyedGenerator) {
        let n = 2 + generator.index(below: largest - 1)
        switch generator.index(below: 11) {
        case 0: self = .keepAbove(n)
        case 1: self = .keepBelow(n)
        case 2: self = .keepMultiples(2 + n % 8)
        case 3: self = .add(n)
        case 4: self = .multiply(n)
        case 5: self = .square
        case 6: self = .sort
        case 7: self = .reverse
        case 8: self = .distinct
        case 9: self = .takeFirst(1 + n % 5)
        default: self = .dropFirst(1 + n % 5)
        }
    }
}

/// What is given back of the list in the end.
enum ProgramEnd: String, Sendable, Hashable, CaseIterable {
    case list = "return them"
    case sum = "return their sum"
    case count = "return how many there are"
    case text = "return them joined by dashes"

    /// The end in Python, on the list that the expression `xs` gives.
    func python(_ xs: String) -> String {
        switch self {
        case .list: xs
        case .sum: "sum(\(xs))"
        case .count: "len(\(xs))"
        case .text: "\"-\".join(str(x) for x in \(xs))"
        }
    }

    /// The value as Python writes it.
    func literal(_ numbers: [Int]) -> String {
        switch self {
        case .list: "[" + numbers.map(String.init).joined(separator: ", ") + "]"
        case .sum: "\(numbers.reduce(0, +))"
        case .count: "\(numbers.count)"
        case .text: "\"" + numbers.map(String.init).joined(separator: "-") + "\""
        }
    }
}
