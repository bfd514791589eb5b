/// The names of all values of a type that is a choice among named ones; nil for any other type.
func choiceNames(of type: Any.Type) -> [String]? {
    func names<Choice: CaseIterable>(_ choice: Choice.Type) -> [String] {
        choice.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    guard let choice = type as? any CaseIterable.Type else { return nil }
    let names = names(choice)
    return names.isEmpty ? nil : names
}
