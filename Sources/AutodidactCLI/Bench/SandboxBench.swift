import Sandbox
import Tensors

/// How many short programs are judged in a second, each in a sandbox of its own.
struct SandboxBench {
    let cores: Cores

    private static let together = 4
    private static let blocks = 5

    /// The median of blocks of 50 programs, after one to warm up; nothing but itself to hold it against.
    ///
    /// - Throws: `SandboxError` where no sandbox can be made.
    func measurement() async throws -> Measurement {
        let runner = try PythonRunner(try await .confined(), together: Self.together)
        let speeds: [Double]
        do {
            speeds = try await runner.programsPerSecond(blocks: Self.blocks + 1, together: Self.together)
        } catch {
            await runner.close()
            throw error
        }
        await runner.close()
        return Measurement(
            name: "sandbox_programs_per_s", model: "none", parameters: 0, batch: Self.together, length: 1, cores: cores.count,
            value: speeds.dropFirst().sorted()[Self.blocks / 2], unit: "programs/s", roofline: nil, rooflineOpenBLAS: nil)
    }
}
