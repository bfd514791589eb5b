/// Plays a response to a countdown problem through and finds its first fault.
struct CountdownReplay {
    private let target: Int
    private let stepsNeeded: Int
    private var given: [Int]
    private var results: [Int] = []

    /// What is wrong with the response, in one line; nil where it solves the problem.
    static func fault(in response: String, numbers: [Int], target: Int) -> String? {
        guard let lines = ResponseText.lines(of: response) else { return ResponseText.tooLong }
        if lines.isEmpty { return ResponseText.empty }
        var replay = CountdownReplay(target: target, stepsNeeded: numbers.count - 1, given: numbers)
        for (index, line) in lines.enumerated() {
            if let fault = replay.fault(playing: line, number: index + 1) { return fault }
        }
        return replay.faultAtEnd
    }

    private init(target: Int, stepsNeeded: Int, given: [Int]) {
        self.target = target
        self.stepsNeeded = stepsNeeded
        self.given = given
    }

    private mutating func fault(playing line: ArraySlice<UInt8>, number: Int) -> String? {
        if number > stepsNeeded { return "line \(number) is one too many: \(stepsNeeded + 1) numbers take \(stepsNeeded) steps" }
        let step: WrittenStep
        do {
            step = try WrittenStep(line: line)
        } catch {
            return error.feedback(line: number)
        }
        if !take(step.left) { return "step \(number): \(step.left) is not available" }
        if !take(step.right) {
            return "step \(number): \(step.right) is " + (step.left == step.right ? "available only once" : "not available")
        }
        results.append(step.result)
        return step.resultFault(step: number)
    }

    /// Uses a number up.
    ///
    /// Equal numbers are interchangeable; given ones go first, so that feedback names what was never touched.
    private mutating func take(_ number: Int) -> Bool {
        if let index = given.firstIndex(of: number) {
            given.remove(at: index)
        } else if let index = results.firstIndex(of: number) {
            results.remove(at: index)
        } else {
            return false
        }
        return true
    }

    private var faultAtEnd: String? {
        if !given.isEmpty { return Self.unused(given, "number") }
        if results.count > 1 { return Self.unused(results.dropLast(), "result") }
        return results.last == target ? nil : "ends at \(results.last ?? 0), not \(target)"
    }

    private static func unused(_ values: some Collection<Int>, _ noun: String) -> String {
        let list = values.map(String.init).joined(separator: " ")
        return values.count == 1 ? "one \(noun) left unused: \(list)" : "\(values.count) \(noun)s left unused: \(list)"
    }
}
