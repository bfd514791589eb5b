/// Settings that belong together, each a `Setting` or a group of its own: what is said of each gives the group's help and validation.
public protocol SettingsGroup: Codable, Hashable, Sendable {
    /// The defaults.
    init()

    /// Refuses values that do not go together, or that would have no effect; each is known to be within its own range.
    func validateTogether() throws(SettingsError)
}

extension SettingsGroup {
    /// Any values within their ranges go together.
    public func validateTogether() throws(SettingsError) {}

    /// Refuses the first value outside its range, then what does not go together; keys of groups within are dotted.
    public func validate() throws(SettingsError) {
        for ((key, setting), (_, original)) in zip(members, Self().members) {
            if let original = original as? any DescribedSetting {
                try original.check(setting, key: key)
            } else if let group = setting as? any SettingsGroup {
                do { try group.validate() } catch { throw error.inGroup(key + ".") }
            } else {
                Self.refuse(original, key: key)
            }
        }
        try validateTogether()
    }

    /// One line for each key.
    public static var help: [String: String] {
        Self().members.reduce(into: [:]) { help, member in
            if let setting = member.value as? any DescribedSetting {
                help[member.key] = setting.help
            } else if let group = member.value as? any SettingsGroup {
                for (key, line) in type(of: group).help { help["\(member.key).\(key)"] = line }
            } else {
                refuse(member.value, key: member.key)
            }
        }
    }

    /// Ends the program: every stored property of a group says what it may be.
    private static func refuse(_ value: Any, key: String) -> Never {
        preconditionFailure("\(key) of \(Self.self), a \(type(of: value)), is neither a @Setting nor a SettingsGroup")
    }

    /// Its stored properties by key: a wrapped one is stored under its name with an underscore before it.
    private var members: [(key: String, value: Any)] {
        Mirror(reflecting: self).children.compactMap { child in
            child.label.map { (String($0.drop { $0 == "_" }), child.value) }
        }
    }
}
