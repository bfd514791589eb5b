import Foundation
import Randomness
import Testing

@testable import TaskLibrary

/// Held against a second, floating-point reading of the same text: what is found equal must be about equal there too.
@Suite("What is found equal")
struct MathSoundnessTests {
    /// A letter's value, the same in all texts.
    private static func value(ofLetter name: String) -> Double? {
        switch name {
        case "pi": .pi
        case "e": exp(1)
        case "i": nil
        default: 1.1 + Double(name.unicodeScalars.reduce(7) { ($0 * 31 + Int($1.value)) % 997 }) / 997
        }
    }

    /// The number that an expression is; nil where it is none, or not real.
    private static func value(of node: MathNode) -> Double? {
        func all(_ nodes: [MathNode]) -> [Double]? {
            let values = nodes.compactMap { value(of: $0) }
            return values.count == nodes.count ? values : nil
        }
        switch node {
        case .number(let number): return number.value.approximate
        case .letter(let name), .choice(let name, nil): return value(ofLetter: name)
        case .negative(let inner): return value(of: inner).map { -$0 }
        case .sum(let terms): return all(terms)?.reduce(0, +)
        case .product(let factors, _): return all(factors)?.reduce(1, *)
        case .quotient(let top, let bottom): return all([top, bottom]).map { $0[0] / $0[1] }
        case .power(let base, let exponent): return all([base, exponent]).map { pow($0[0], $0[1]) }
        case .root(let degree, let inner):
            return value(of: inner).map { $0 < 0 && degree % 2 == 1 ? -pow(-$0, 1 / Double(degree)) : pow($0, 1 / Double(degree)) }
        case .measure(let inner, .percent): return value(of: inner).map { $0 / 100 }
        case .measure(let inner, .degree): return value(of: inner).map { $0 * .pi / 180 }
        case .call(let name, let arguments): return all(arguments).flatMap { call(name, $0) }
        default: return nil
        }
    }

    private static func call(_ name: String, _ x: [Double]) -> Double? {
        switch name {
        case "sin": sin(x[0])
        case "cos": cos(x[0])
        case "tan": tan(x[0])
        case "sec": 1 / cos(x[0])
        case "csc": 1 / sin(x[0])
        case "cot": 1 / tan(x[0])
        case "arcsin": asin(x[0])
        case "arccos": acos(x[0])
        case "arctan": atan(x[0])
        case "ln": log(x[0])
        case "log": x.count == 2 ? log(x[0]) / log(x[1]) : log10(x[0])
        case "exp": exp(x[0])
        case "abs": abs(x[0])
        case "floor": x[0].rounded(.down)
        case "ceiling": x[0].rounded(.up)
        default: nil
        }
    }

    /// The value of a text without unit; nil where it has another kind of value, or none that is finite.
    private static func value(of text: String) -> Double? {
        guard let node = try? MathParser.answer(in: MathText.cleaned(text)), let value = value(of: node), value.isFinite else { return nil }
        return value
    }

    /// Whether two texts, found equal, differ in their values.
    private static func differs(_ reference: String, _ answer: String) -> Bool {
        guard let one = value(of: reference), let two = value(of: answer) else { return false }
        // Percent and degrees may be left out, and a reference of four digits may be a rounding.
        let factors = [1, 100, 0.01, 180 / Double.pi, Double.pi / 180]
        return !factors.contains { abs(one - two * $0) <= 2e-3 * max(abs(one), abs(two * $0)) }
    }

    private static let inserts = Array("0123456789+-*/^(){}x!.,=%") + ["\\", "π"]

    /// A text with one to three characters changed, left out or put in.
    private static func mutated(_ text: String, _ generator: inout some RandomNumberGenerator) -> String {
        var characters = Array(text)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...characters.count, using: &generator)
            let sign = inserts[Int.random(in: 0..<inserts.count, using: &generator)]
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: characters.insert(sign, at: place)
            case 1 where place < characters.count: characters[place] = sign
            default: if place < characters.count { characters.remove(at: place) }
            }
        }
        return String(characters)
    }

    @Test("has the same value, in mutations of the pairs")
    func mutations() {
        var generator = SeedTree(root: 6)("math mutations").generator
        var equal = 0
        for pair in MathPair.tuned {
            for _ in 0..<8 {
                let answer = Self.mutated(Bool.random(using: &generator) ? pair.reference : pair.answer, &generator)
                guard MathPair.agrees(pair.reference, answer) == true else { continue }
                equal += 1
                #expect(!Self.differs(pair.reference, answer), "\(pair.reference) | \(answer)")
            }
        }
        print("math mutations: \(equal) of \(MathPair.tuned.count * 8) are found equal")
    }

    @Test("has the same value, between answers of different pairs")
    func crossings() {
        let pairs = MathPair.tuned
        var equal = 0
        for (place, pair) in pairs.enumerated() {
            // Every pair with some others; all with all is a matter of minutes.
            for step in stride(from: 1, to: 20, by: 2) {
                let other = pairs[(place * 7 + step * 37) % pairs.count].answer
                guard MathPair.agrees(pair.reference, other) == true else { continue }
                equal += 1
                #expect(!Self.differs(pair.reference, other), "\(pair.reference) | \(other)")
            }
        }
        print("math crossings: \(equal) of \(pairs.count * 10) are found equal")
    }
}
