/// Responses as text: one step a line, lines separated by one newline.
enum ResponseText {
    /// Longer responses are refused unread.
    ///
    /// No problem needs nearly as much.
    static let maximumBytes = 4096

    /// What is said of a longer response.
    static let tooLong = "the response is longer than \(maximumBytes) bytes"

    /// What is said of a response without any line.
    static let empty = "the response is empty"

    static let newline = UInt8(ascii: "\n")

    /// The lines of a response, one newline at the very end left out of account; nil where it is too long.
    ///
    /// Nothing else is forgiven: an empty line is a line, and so are spaces.
    static func lines(of response: String) -> [ArraySlice<UInt8>]? {
        var bytes = Array(response.utf8.prefix(maximumBytes + 1))
        if bytes.count > maximumBytes { return nil }
        if bytes.last == newline { bytes.removeLast() }
        return bytes.isEmpty ? [] : bytes.split(separator: newline, omittingEmptySubsequences: false)
    }

    /// The response that consists of these steps, without a newline at the end.
    static func response(_ steps: some Sequence<WrittenStep>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 * steps.underestimatedCount)
        for (index, step) in steps.enumerated() {
            if index > 0 { bytes.append(newline) }
            bytes.append(step)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Writes a number of at least 0 in decimal.
    mutating func append(decimal number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Writes a step as `a+b=c`.
    mutating func append(_ step: WrittenStep) {
        append(decimal: step.left)
        append(step.operation.rawValue)
        append(decimal: step.right)
        append(UInt8(ascii: "="))
        append(decimal: step.result)
    }
}
