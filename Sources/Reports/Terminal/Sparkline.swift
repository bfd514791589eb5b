/// Values as a row of bars of eight heights, `▁▂▃▄▅▆▇█`, from the lowest to the highest of them; a blank where there is no number.
///
/// Equal values are drawn at middle height. Where there are more than `limit` values, the last ones are shown.
func sparkline(_ values: [Double], limit: Int = .max) -> String {
    let shown = values.suffix(max(0, limit))
    let known = shown.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return String(repeating: " ", count: shown.count) }
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(
        shown.map { value in
            guard value.isFinite else { return " " }
            guard high > low else { return bars[3] }
            return bars[min(7, Int((value - low) / (high - low) * 8))]
        }
    )
}

/// A bar of `width` columns, filled up to `share` (0...1) in eighths of a column.
func progressBar(_ share: Double, width: Int) -> String {
    let eighths = Int(((share.isFinite ? min(max(share, 0), 1) : 0) * Double(max(0, width) * 8)).rounded(.down))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let drawn = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return drawn + String(repeating: "░", count: max(0, width - drawn.count))
}
