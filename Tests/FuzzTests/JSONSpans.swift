/// Where the values and members of a JSON text lie; of a broken text those that can be told apart.
struct JSONSpans {
    struct Member {
        /// From the name's quote to the end of the value.
        let whole: Range<Int>
        let name: Range<Int>
        let value: Range<Int>
    }

    private(set) var values: [Range<Int>] = []
    private(set) var members: [Member] = []

    init(_ text: [UInt8]) {
        // A list or object that is open: where it starts, and the member that its value under way belongs to.
        var open: [Int] = []
        var names: [Range<Int>?] = [nil]
        var last: Range<Int>?
        var index = 0
        while index < text.count {
            let start = index
            switch text[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(index)
                names.append(nil)
                index += 1
                continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                index += 1
                guard let opening = open.popLast() else { continue }
                names.removeLast()
                add(opening..<index, name: &names[names.count - 1])
                continue
            case UInt8(ascii: "\""):
                index = Self.endOfString(text, from: index)
                last = start..<index
                // A name is followed by a colon, any other text is a value.
                if Self.isColon(text, after: index) { continue }
            case UInt8(ascii: ":"):
                names[names.count - 1] = last
                index += 1
                continue
            case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
                index += 1
                continue
            default:
                while index < text.count, !Self.endsWord(text[index]) { index += 1 }
            }
            add(start..<index, name: &names[names.count - 1])
        }
    }

    private mutating func add(_ value: Range<Int>, name: inout Range<Int>?) {
        values.append(value)
        if let found = name, found.upperBound <= value.lowerBound {
            members.append(Member(whole: found.lowerBound..<value.upperBound, name: found, value: value))
        }
        name = nil
    }

    private static func endOfString(_ text: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < text.count, text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(index + 1, text.count)
    }

    private static func isColon(_ text: [UInt8], after index: Int) -> Bool {
        text[index...].first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) } == UInt8(ascii: ":")
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "\""), 0x20, 0x0A, 0x0D, 0x09].contains(
            byte)
    }
}
