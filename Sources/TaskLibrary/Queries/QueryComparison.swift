import Autodidact
import Foundation

/// Whether two results are equal.
enum QueryComparison {
    /// Rows in the same order where it matters, else each as often; columns by their place, not by their names.
    static func areEqual(_ first: QueryResult, _ second: QueryResult, inOrder: Bool) -> Bool {
        guard first.columns == second.columns, first.rows.count == second.rows.count else { return false }
        let (ours, theirs) = (first.rows.map(key), second.rows.map(key))
        if inOrder { return ours == theirs }
        var counts: [[String]: Int] = [:]
        for row in ours { counts[row, default: 0] += 1 }
        for row in theirs {
            guard let count = counts[row], count > 0 else { return false }
            counts[row] = count - 1
        }
        return true
    }

    private static func key(_ row: [QueryValue]) -> [String] { row.map(key) }

    /// A text that equal values share: a whole number equals itself in floating point, no number equals a text, NULL equals NULL.
    ///
    /// Numbers in floating point count to twelve digits, since sums in another order differ in the last ones.
    private static func key(_ value: QueryValue) -> String {
        switch value {
        case .null: return "n"
        case .integer(let number): return "i\(number)"
        case .real(let number):
            guard number.isFinite else { return "r\(number)" }
            let digits = String(format: "%.11e", number)
            guard let rounded = Double(digits), rounded == rounded.rounded(), abs(rounded) < 0x1p53 else { return "r\(digits)" }
            // Beyond twelve digits a whole number must be met exactly.
            let whole = abs(rounded) < 1e12 ? rounded : number
            return whole == whole.rounded() ? "i\(Int64(whole))" : "r\(digits)"
        case .text(let text): return "t\(Array(text.utf8))"
        case .bytes(let bytes): return "b\(bytes)"
        }
    }
}
