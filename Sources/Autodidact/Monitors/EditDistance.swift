/// The fewest insertions, deletions and replacements that turn `first` into `second` (Levenshtein 1966).
///
/// Takes time in the product of the lengths and memory in the length of `second`.
public func editDistance<Element: Hashable>(_ first: some Collection<Element>, _ second: some Collection<Element>) -> Int {
    let target = Array(second)
    // The distances from the part of `first` read so far to each beginning of `target`.
    var row = Array(0...target.count)
    for (i, element) in first.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in target.enumerated() {
            let replaced = diagonal + (element == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[target.count]
}

/// The edit distance as a share of the longer length, 0 where equal and 1 where nothing agrees; 0 of two empty collections.
public func normalizedEditDistance<Element: Hashable>(_ first: some Collection<Element>, _ second: some Collection<Element>) -> Double {
    let longer = max(first.count, second.count)
    return longer == 0 ? 0 : Double(editDistance(first, second)) / Double(longer)
}
