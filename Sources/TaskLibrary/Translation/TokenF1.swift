/// How much two sequences of words share, in order.
enum TokenF1 {
    /// The harmonic mean of precision and recall, 0...1, of the longest common subsequence (the F1 of ROUGE-L); 0 where either is empty.
    ///
    /// Only equal sequences reach 1: words in another order mean something else, and lose by it.
    static func value(_ words: [Substring], _ reference: [Substring]) -> Double {
        guard !words.isEmpty && !reference.isEmpty else { return 0 }
        var row = Array(repeating: 0, count: reference.count + 1)
        for word in words {
            var diagonal = 0
            for (index, other) in reference.enumerated() {
                let above = row[index + 1]
                row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        return 2 * Double(row[reference.count]) / Double(words.count + reference.count)
    }
}
