import Autodidact

/// A schema for JSON values: a subset of JSON Schema, draft 2020-12.
///
/// Read are `type`, `enum`, `const`; `properties`, `required`, `additionalProperties`, `minProperties`, `maxProperties`; `items`,
/// `prefixItems`, `minItems`, `maxItems`, `uniqueItems`; `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`;
/// `minLength`, `maxLength`, `pattern` (as `Pattern` reads it, found anywhere); `anyOf`, `allOf`, `oneOf`, `not`; `$defs` with `$ref` to
/// them, or to `#`. `$schema`, `$comment`, `title`, `description`, `default`, `examples`, `deprecated` say nothing of a value. Any other
/// keyword is refused: one that is passed over accepts what its author meant to forbid. Numbers are compared exactly.
struct JSONSchema: Sendable {
    let root: SchemaNode
    /// The schemas of `$defs`, by name.
    let definitions: [String: SchemaNode]

    /// The schema that a JSON value is.
    init(_ node: JSONNode) throws(SchemaFault) {
        var reader = SchemaReader()
        root = try reader.root(node)
        definitions = reader.definitions
    }

    /// Why a value does not match; nil where it does.
    ///
    /// - Throws: `TooMuch` where this takes more work than is done for one value.
    func objection(to value: JSONNode) throws(SchemaMatch.TooMuch) -> String? {
        var match = SchemaMatch(self)
        return try match.objection(to: value, by: root, at: "")
    }
}

/// One schema, read.
indirect enum SchemaNode: Sendable {
    /// `true` or `false`: everything, or nothing.
    case always(Bool)
    /// Everything that fulfils all of these.
    case all([SchemaRule])
}

/// What one keyword, or a few that belong together, ask of a value; most pass over values of other types.
enum SchemaRule: Sendable {
    case type([SchemaType])
    /// By their `key`s.
    case oneOfValues([[UInt8]])
    case properties([String: SchemaNode], others: SchemaNode?)
    case required([String])
    case items(first: [SchemaNode], rest: SchemaNode?)
    case unique
    case count(SchemaCount, least: Int, most: Int?)
    case bound(Rational, SchemaBound)
    case multiple(of: Rational)
    case pattern(Pattern)
    case any([SchemaNode])
    case every([SchemaNode])
    case exactlyOne([SchemaNode])
    case not(SchemaNode)
    /// The schema of `$defs` with that name; the whole where nil.
    case reference(String?)
}

/// What is counted.
enum SchemaCount: String, Sendable {
    case properties = "Properties"
    case items = "Items"
    /// In Unicode scalars.
    case length = "Length"

    /// What is counted, for messages.
    var unit: String {
        switch self {
        case .properties: "properties"
        case .items: "items"
        case .length: "characters"
        }
    }
}

/// On which side of a number others may lie.
enum SchemaBound: String, Sendable, CaseIterable {
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum
}

/// The types of values.
enum SchemaType: String, Sendable, CaseIterable {
    case null, boolean, object, array, number, string, integer

    /// Whether a value is of the type; 3.0 is an integer.
    func holds(_ value: JSONNode) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .bool), (.object, .object), (.array, .array), (.number, .number), (.string, .string): true
        case (.integer, .number(let digits)): Rational(json: digits)?.isWhole ?? false
        default: false
        }
    }
}

/// Why a JSON value is no schema that is read, and where in it.
struct SchemaFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Such as `/properties/age`; empty for the whole.
    let place: String
    let problem: String

    /// A part of a sentence for people.
    var description: String { (place.isEmpty ? "the schema" : "'\(place)'") + " \(problem)" }
}
