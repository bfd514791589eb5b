/// Text that other programs wrote, made safe to look at: whatever has an effect without a shape is given a shape.
///
/// Model output reaches terminals and browsers. Escape sequences, NUL, direction overrides and the like would act there, and XML
/// forbids most of them; so they become visible marks. Ordinary text, line ends and tabs stay.
func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { mark(for: $0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if let mark = mark(for: scalar) { result.append(contentsOf: mark.unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
}

/// As `visible`, on one line: line ends and tabs become marks too.
func visibleLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in visible(text).unicodeScalars {
        switch scalar {
        case "\n": result.append("␊")
        case "\r": result.append("␍")
        case "\t": result.append(" ")
        default: result.append(scalar)
        }
    }
    return String(result)
}

/// What stands in for a scalar that must not be passed on; nil for all others.
private func mark(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09, 0x0A: nil
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7F: "␡"
    case 0x80...0x9F, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: "⟨U+\(hexadecimal(scalar))⟩"
    case 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : nil
    }
}

private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
