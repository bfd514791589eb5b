/// One setting of a group: its default, its line of help and what it may be, in one place.
///
///     /// Responses sampled to each problem: the group.
///     @Setting("responses to each problem (paper: 64)", 2...CountLimits.samples) public var samplesPerProblem = 8
///
/// It is coded as its bare value and equal to another by value alone. A decoded setting has no help and no range: both are those of the
/// defaults, which `SettingsGroup` reads.
@propertyWrapper
public struct Setting<Value: Codable & Hashable & Sendable>: Sendable {
    /// What it is set to.
    public var wrappedValue: Value
    let help: String
    /// What of a value is not allowed, and what would be; nil for a value that is.
    private let refusal: @Sendable (Value) -> (value: String, allowed: String)?

    private init(_ value: Value, help: String, refusal: @escaping @Sendable (Value) -> (value: String, allowed: String)?) {
        wrappedValue = value
        self.help = help
        self.refusal = refusal
    }

    /// A setting that may be anything of its type: a choice, a text, or true or false.
    public init(wrappedValue: Value, _ help: String) {
        self.init(wrappedValue, help: help) { _ in nil }
    }

    /// Not meant to be used: a number needs a range.
    ///
    /// Deprecated, because where the compiler can choose it passes over what is unavailable and takes the initializer for any type.
    @available(*, deprecated, message: "a number needs a range")
    public init(wrappedValue: Value, _ help: String) where Value: Numeric {
        preconditionFailure("the setting of type \(Value.self) needs a range: \(help)")
    }

    /// Not meant to be used: numbers need a range.
    @available(*, deprecated, message: "a list of numbers needs a range for each")
    public init(wrappedValue: Value, _ help: String) where Value: RangeReplaceableCollection, Value.Element: Numeric {
        preconditionFailure("the setting of type \(Value.self) needs a range for each: \(help)")
    }

    /// A number within a range.
    public init(wrappedValue: Value, _ help: String, _ range: ClosedRange<Value>) where Value: Comparable & Numeric {
        self.init(wrappedValue, help: help) { range.contains($0) ? nil : ("\($0)", range.inWords) }
    }

    /// A list of numbers, each within a range.
    public init<Element: Codable & Comparable & Hashable & Numeric & Sendable>(
        wrappedValue: [Element], _ help: String, each range: ClosedRange<Element>
    ) where Value == [Element] {
        self.init(wrappedValue, help: help) { list in
            list.first { !range.contains($0) }.map { ("\($0)", range.inWords) }
        }
    }
}

extension Setting: Hashable {
    /// Whether the values are equal, wherever they come from.
    public static func == (first: Setting, second: Setting) -> Bool { first.wrappedValue == second.wrappedValue }

    /// Hashes the value alone.
    public func hash(into hasher: inout Hasher) { wrappedValue.hash(into: &hasher) }
}

extension Setting: Codable {
    /// The setting of a bare value; the error of a name that is not among a choice's lists those that are.
    ///
    /// What is no text where a choice stands is refused as such.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let names = choiceNames(of: Value.self) {
            let name = try container.decode(String.self)
            guard names.contains(name) else {
                let meant = nearestName(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
                throw DecodingError.dataCorruptedError(in: container, debugDescription: names.joined(separator: ", ") + meant)
            }
        }
        self.init(wrappedValue: try container.decode(Value.self), "")
    }

    /// Writes the bare value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

/// A setting of any type, as a default that others are held against.
protocol DescribedSetting {
    /// Its line of help.
    var help: String { get }

    /// Refuses a setting of the same property whose value is outside this one's range.
    func check(_ setting: Any, key: String) throws(SettingsError)
}

extension Setting: DescribedSetting {
    func check(_ setting: Any, key: String) throws(SettingsError) {
        guard let setting = setting as? Setting else {
            preconditionFailure("the setting \(key) is of type \(type(of: setting)), its default of \(Setting.self)")
        }
        if let (value, allowed) = refusal(setting.wrappedValue) { throw .outOfRange(key: key, value: value, allowed: allowed) }
    }
}

extension ClosedRange where Bound: Numeric {
    /// What is allowed, as errors say it.
    var inWords: String {
        Bound.self is any BinaryInteger.Type ? "from \(lowerBound) up to \(upperBound)" : "\(lowerBound) to \(upperBound)"
    }
}
