import Autodidact

extension PythonRunner {
    /// How many short programs are judged in a second: one number for each block of programs, for a mean and an interval.
    ///
    /// Each program is a function that adds, under two tests: all that is measured is what surrounds a program.
    ///
    /// - Parameter together: Programs that are judged at once.
    /// - Throws: `SandboxError` where one was not judged right, because then the machine, not the speed, is what to look at.
    public func programsPerSecond(blocks: Int, programsPerBlock: Int = 50, together: Int = 4) async throws(SandboxError) -> [Double] {
        let tests = ProgramTests(entryPoint: "add", tests: "assert add(2, 3) == 5\nassert add(1.5, 2) == 3.5")
        var speeds: [Double] = []
        for _ in 0..<blocks {
            let start = ContinuousClock.now
            let verdicts = await withTaskGroup(of: Verdict.self) { group in
                let judge: @Sendable () async -> Verdict = { await self.verdict(on: "def add(a, b):\n    return a + b", under: tests) }
                for _ in 0..<min(together, programsPerBlock) { group.addTask(operation: judge) }
                var verdicts: [Verdict] = []
                for await verdict in group {
                    verdicts.append(verdict)
                    if verdicts.count + together <= programsPerBlock { group.addTask(operation: judge) }
                }
                return verdicts
            }
            if let other = verdicts.first(where: { !$0.isCorrect }) { throw .startFailed(reason: other.feedback) }
            speeds.append(Double(verdicts.count) / ((.now - start) / .seconds(1)))
        }
        return speeds
    }
}
