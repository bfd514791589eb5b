/// Maps values onto pixels along one axis.
struct LinearScale: Sendable, Hashable {
    /// The value at the beginning of the axis.
    let low: Double
    /// The value at its end; differs from `low`.
    let high: Double
    /// The pixel of `low`.
    let start: Double
    /// The pixel of `high`.
    let end: Double

    /// A scale; a range of no width is given one.
    init(_ low: Double, _ high: Double, onto start: Double, _ end: Double) {
        self.low = low
        self.high = high > low ? high : low + 1
        self.start = start
        self.end = end
    }

    /// The pixel of a value, kept within the axis.
    func callAsFunction(_ value: Double) -> Double {
        let place = (value - low) / (high - low)
        return start + min(max(place.isFinite ? place : 0, 0), 1) * (end - start)
    }
}
