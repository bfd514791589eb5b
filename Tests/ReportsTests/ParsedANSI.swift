/// Terminal text without its colours, and the columns it takes if all characters take one.
func withoutColor(_ text: String) -> String {
    var plain = ""
    var isInside = false
    for scalar in text.unicodeScalars {
        if scalar == "\u{1B}" { isInside = true }
        if !isInside { plain.unicodeScalars.append(scalar) }
        if isInside && scalar.properties.isAlphabetic { isInside = false }
    }
    return plain
}
