/// A line `a+b=c` as auditors read it.
///
/// Written apart from `WrittenStep`, and looser about form: an auditor asks whether what a verifier accepted is true, and a fault that
/// both share would not be found.
struct AuditedLine {
    let left: Int
    let sign: Character
    let right: Int
    let result: Int

    /// The line; nil where it is none.
    init?(_ line: Substring) {
        let sides = line.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let result = Int(sides[1]), let place = sides[0].lastIndex(where: { "+-*/".contains($0) }),
            let left = Int(sides[0][..<place]), let right = Int(sides[0][sides[0].index(after: place)...])
        else { return nil }
        (self.left, sign, self.right, self.result) = (left, sides[0][place], right, result)
    }

    /// Whether what stands right of the = is what stands left of it.
    var isTrue: Bool {
        switch sign {
        case "+": !left.addingReportingOverflow(right).overflow && left + right == result
        case "-": !left.subtractingReportingOverflow(right).overflow && left - right == result
        case "*": !left.multipliedReportingOverflow(by: right).overflow && left * right == result
        default: right != 0 && left.isMultiple(of: right) && left / right == result
        }
    }
}
