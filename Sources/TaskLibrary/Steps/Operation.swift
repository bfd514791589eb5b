/// An operator of a written step; the raw value is its ASCII byte.
enum Operation: UInt8, Sendable, Hashable, CaseIterable {
    case plus = 0x2B
    case minus = 0x2D
    case times = 0x2A
    case over = 0x2F

    /// The sign as it is written.
    var sign: Character { Character(Unicode.Scalar(rawValue)) }

    /// The result for operands of at least 0; nil where it is not a positive integer or does not fit an `Int`.
    func result(_ left: Int, _ right: Int) -> Int? {
        let (value, overflow): (Int, Bool) =
            switch self {
            case .plus: left.addingReportingOverflow(right)
            case .minus: left.subtractingReportingOverflow(right)
            case .times: left.multipliedReportingOverflow(by: right)
            case .over: right > 0 && left % right == 0 ? (left / right, false) : (0, false)
            }
        return overflow || value < 1 ? nil : value
    }
}
