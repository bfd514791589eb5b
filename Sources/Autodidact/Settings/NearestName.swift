/// The name that was probably meant by a mistyped one, or nil where nothing is near.
///
/// Distance counts inserted, missing, replaced and transposed neighbouring characters (Damerau and Levenshtein, each character
/// edited at most once), upper and lower case alike. Near is at most a third of the known name's length, and at least one edit;
/// the first of equally near names wins. No name is near to one that shares nothing with it.
public func nearestName(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in names {
        let known = Array(candidate.lowercased())
        let limit = min(max(1, known.count / 3), known.count - 1)
        guard abs(wanted.count - known.count) <= limit else { continue }  // also bounds the work on a very long name
        let distance = editDistance(wanted, known)
        if distance <= limit && distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
            row.append(least)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
