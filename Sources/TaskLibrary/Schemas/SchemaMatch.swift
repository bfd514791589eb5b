import Autodidact
import Texts

/// Holds one value against a schema.
struct SchemaMatch {
    /// More work than is done for one value.
    struct TooMuch: Error, Sendable, Hashable {}

    private let schema: JSONSchema
    private var work = 0

    private static let mostWork = 1_000_000

    init(_ schema: JSONSchema) {
        self.schema = schema
    }

    /// Why a value does not match, with its place in the whole; nil where it does.
    mutating func objection(to value: JSONNode, by node: SchemaNode, at place: String) throws(TooMuch) -> String? {
        work += 1
        guard work <= Self.mostWork else { throw TooMuch() }
        switch node {
        case .always(let isAllowed): return isAllowed ? nil : said(place, "is not allowed")
        case .all(let rules):
            for rule in rules { if let objection = try objection(to: value, by: rule, at: place) { return objection } }
            return nil
        }
    }

    private func said(_ place: String, _ problem: String) -> String { (place.isEmpty ? "the value" : "'\(place.shown)'") + " " + problem }

    private mutating func objection(to value: JSONNode, by rule: SchemaRule, at place: String) throws(TooMuch) -> String? {
        work += 1
        switch (rule, value) {
        case (.type(let types), _):
            return types.contains { $0.holds(value) }
                ? nil : said(place, "is not of type \(types.map(\.rawValue).joined(separator: " or "))")
        case (.oneOfValues(let values), _):
            return values.contains(value.key) ? nil : said(place, "is not among the values that are allowed")
        case (.required(let names), .object(let members)):
            return names.first { members[$0] == nil }.map { said(place, "has no property '\($0.shown)'") }
        case (.properties(let named, let others), .object(let members)):
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                guard let node = named[name] ?? others else { continue }
                if let objection = try objection(to: member, by: node, at: "\(place)/\(name)") { return objection }
            }
            return nil
        case (.items(let first, let rest), .array(let elements)):
            for (index, element) in elements.enumerated() {
                guard let node = index < first.count ? first[index] : rest else { break }
                if let objection = try objection(to: element, by: node, at: "\(place)/\(index)") { return objection }
            }
            return nil
        case (.unique, .array(let elements)):
            work += elements.count
            return Set(elements.map(\.key)).count == elements.count ? nil : said(place, "has an item twice")
        case (.count(let count, let least, let most), _):
            return self.count(count, of: value).flatMap { number in
                if number < least { return said(place, "has fewer than \(least) \(count.unit)") }
                return most.flatMap { number > $0 ? said(place, "has more than \($0) \(count.unit)") : nil }
            }
        case (.bound(let limit, let bound), .number(let digits)):
            guard let number = Rational(json: digits) else { return said(place, "is a number of too many digits") }
            return Self.lies(number, within: limit, bound) ? nil : said(place, "is a number out of bounds")
        case (.multiple(let divisor), .number(let digits)):
            guard let number = Rational(json: digits) else { return said(place, "is a number of too many digits") }
            return (number / divisor).isWhole ? nil : said(place, "is not a multiple of \(divisor.text.shown)")
        case (.pattern(let pattern), .string(let text)):
            work += text.utf8.count / 16
            return pattern.isFound(in: text) ? nil : said(place, "does not match the pattern")
        case (.any(let nodes), _): return try matches(value, nodes, at: place, atMost: 1) > 0 ? nil : said(place, "matches none of anyOf")
        case (.every(let nodes), _):
            for node in nodes { if let objection = try objection(to: value, by: node, at: place) { return objection } }
            return nil
        case (.exactlyOne(let nodes), _):
            let count = try matches(value, nodes, at: place, atMost: 2)
            return count == 1 ? nil : said(place, "matches \(count == 0 ? "none" : "more than one") of oneOf")
        case (.not(let node), _): return try objection(to: value, by: node, at: place) == nil ? said(place, "is what 'not' forbids") : nil
        case (.reference(let name), _):
            // Every name was looked up when the schema was read.
            let node = name.map { schema.definitions[$0] ?? .always(false) } ?? schema.root
            return try objection(to: value, by: node, at: place)
        default: return nil
        }
    }

    /// How many of the schemas match; it stops at so many.
    private mutating func matches(_ value: JSONNode, _ nodes: [SchemaNode], at place: String, atMost: Int) throws(TooMuch) -> Int {
        var count = 0
        for node in nodes where count < atMost { if try objection(to: value, by: node, at: place) == nil { count += 1 } }
        return count
    }

    private func count(_ count: SchemaCount, of value: JSONNode) -> Int? {
        switch (count, value) {
        case (.properties, .object(let members)): members.count
        case (.items, .array(let elements)): elements.count
        case (.length, .string(let text)): text.unicodeScalars.count
        default: nil
        }
    }

    private static func lies(_ number: Rational, within limit: Rational, _ bound: SchemaBound) -> Bool {
        switch bound {
        case .minimum: number >= limit
        case .maximum: number <= limit
        case .exclusiveMinimum: number > limit
        case .exclusiveMaximum: number < limit
        }
    }
}

extension JSONNode {
    /// Bytes that equal values share, and no others: texts are compared character by character, as they were written.
    var key: [UInt8] { Array(exact.text.utf8) }

    /// The value with equal numbers written alike.
    var exact: JSONNode {
        switch self {
        case .number(let digits): .number(Rational(json: digits)?.text ?? digits)
        case .array(let elements): .array(elements.map(\.exact))
        case .object(let members): .object(members.mapValues(\.exact))
        case .null, .bool, .string: self
        }
    }
}

extension Rational {
    /// The number that digits of JSON say exactly; nil for more digits, or a larger exponent, than any number in floating point has.
    init?(json digits: String) {
        let parts = digits.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        guard digits.utf8.count <= 400, let mantissa = parts.first else { return nil }
        var exponent = 0
        if parts.count == 2 {
            guard parts[1].utf8.count <= 5, let number = Int(parts[1]), abs(number) <= 400 else { return nil }
            exponent = number
        }
        let isNegative = mantissa.hasPrefix("-")
        let sides = (isNegative ? mantissa.dropFirst() : mantissa).split(separator: ".", omittingEmptySubsequences: false)
        guard 1...2 ~= sides.count, let number = BigInteger(digits: sides.joined()) else { return nil }
        let scale = exponent - (sides.count == 2 ? sides[1].utf8.count : 0)
        let power = BigInteger(10).power(abs(scale))
        let magnitude = scale < 0 ? Rational(number, over: power) : Rational(number * power)
        self = isNegative ? -magnitude : magnitude
    }
}
