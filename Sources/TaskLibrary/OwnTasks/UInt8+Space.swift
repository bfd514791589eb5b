extension UInt8 {
    /// Whether the byte is white space between JSON's values.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
}
