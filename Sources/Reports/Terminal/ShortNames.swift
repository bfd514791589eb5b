/// The names of models as short as still tells them apart: of a path its last component, or as many as it takes.
///
/// A name may have several parts, such as a model and its adapter.
package func shortNames(_ names: [String]) -> [String] {
    let longest = names.map { $0.split(separator: "/").count }.max() ?? 0
    for count in 1...max(1, longest) {
        let short = names.map { name in name.split(separator: separator).map { shortened($0, to: count) }.joined(separator: separator) }
        if Set(short).count == Set(names).count { return short }
    }
    return names
}

/// The last part of a model's path; other names as they are.
package func shortName(_ name: String) -> String { shortNames([name])[0] }

private let separator = " + "

private func shortened(_ path: Substring, to count: Int) -> String {
    path.contains("/") ? path.split(separator: "/").suffix(count).joined(separator: "/") : String(path)
}
