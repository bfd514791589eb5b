/// Why a line of a response is not a step.
enum LineFault: Error, Sendable, Hashable {
    /// It is not written as `a+b=c`: no spaces, no signs before numbers, no leading zeros, ASCII only.
    case form
    /// It holds a number that is too long to be computed with.
    case tooManyDigits

    /// What is wrong with the line, counted from 1.
    func feedback(line: Int) -> String {
        switch self {
        case .form: "line \(line) is not of the form a+b=c"
        case .tooManyDigits: "line \(line) has a number of more than \(WrittenStep.maximumDigits) digits"
        }
    }
}

/// One line of a response, `a+b=c`: what it claims, whether or not it is true.
struct WrittenStep: Sendable, Hashable {
    /// Numbers of more digits are refused, so that every number read fits an `Int`.
    static let maximumDigits = 18

    var left: Int
    var operation: Operation
    var right: Int
    var result: Int

    init(_ left: Int, _ operation: Operation, _ right: Int, gives result: Int) {
        self.left = left
        self.operation = operation
        self.right = right
        self.result = result
    }

    /// Reads a whole line.
    init(line: ArraySlice<UInt8>) throws(LineFault) {
        var rest = line
        left = try rest.popNumber()
        guard let sign = rest.popFirst(), let operation = Operation(rawValue: sign) else { throw .form }
        self.operation = operation
        right = try rest.popNumber()
        guard rest.popFirst() == UInt8(ascii: "=") else { throw .form }
        result = try rest.popNumber()
        guard rest.isEmpty else { throw .form }
    }

    /// The true result where it is a positive integer that fits.
    var trueResult: Int? { operation.result(left, right) }

    /// The left side, such as `7*3`.
    var expression: String { "\(left)\(operation.sign)\(right)" }

    /// What is wrong with the claimed result of this step, counted from 1; nil where it is true.
    func resultFault(step: Int) -> String? {
        guard let trueResult else {
            let excuse = operation == .plus || operation == .times ? "a positive integer of a usable size" : "a positive integer"
            return "step \(step): \(expression) is not \(excuse)"
        }
        return trueResult == result ? nil : "step \(step): \(expression) is \(trueResult), not \(result)"
    }
}

extension ArraySlice<UInt8> {
    /// Takes the decimal number from the front: at least one digit, no leading zero, at most `WrittenStep.maximumDigits` digits.
    mutating func popNumber() throws(LineFault) -> Int {
        var number = 0
        var digits = 0
        while let byte = first, byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
            if digits == 1 && number == 0 { throw .form }
            if digits == WrittenStep.maximumDigits { throw .tooManyDigits }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
            self = dropFirst()
        }
        if digits == 0 { throw .form }
        return number
    }
}
