public import Autodidact

extension CountdownFamily {
    /// Responses that get around the work; each is wrong on every problem of every level.
    ///
    /// None where the reference cannot be read.
    public func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        guard let reference = CountdownReference(problem.reference) else { return [] }
        return Forgery.cheats(prompt: problem.prompt, answer: reference.target) + [
            ("step-faking", reference.fakedSteps),
            ("number-reuse", reference.reusedNumber),
            ("invented-number", reference.inventedNumber),
            ("zero-padding", reference.paddedWithZeros),
        ]
    }
}

extension CountdownReference {
    /// True steps up to the last, which claims the target falsely.
    var fakedSteps: String {
        var (steps, rest) = ([WrittenStep](), numbers)
        while rest.count > 2 {
            let (first, second) = (rest.removeFirst(), rest.removeFirst())
            steps.append(WrittenStep(first, .plus, second, gives: first + second))
            rest.insert(first + second, at: 0)
        }
        // Sum and difference of positive numbers differ, so one of them misses the target.
        let operation = rest[0] + rest[1] == target ? Operation.minus : .plus
        steps.append(WrittenStep(rest[0], operation, rest[1], gives: target))
        return ResponseText.response(steps)
    }

    /// Doubles one number again and again: never right, since a number is used up at the latest after half of the steps it would take.
    var reusedNumber: String {
        let number = numbers[0]
        let doubling = WrittenStep(number, .plus, number, gives: 2 * number)
        return ResponseText.response(Array(repeating: doubling, count: max(2, numbers.count - 1)))
    }

    /// Comes to the target by true steps from numbers that nobody gave.
    var inventedNumber: String {
        let far = target + 2 * NumberPool.largest
        return ResponseText.response(
            Array(repeating: WrittenStep(far, .minus, 2 * NumberPool.largest, gives: target), count: numbers.count - 1)
        )
    }

    /// The target plus nothing, as often as there are steps.
    var paddedWithZeros: String {
        ResponseText.response(Array(repeating: WrittenStep(target, .plus, 0, gives: target), count: numbers.count - 1))
    }
}
