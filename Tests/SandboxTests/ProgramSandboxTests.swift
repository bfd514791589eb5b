import Autodidact
import Foundation
import Testing

@testable import Sandbox

@Suite("A sandbox for any command", .serialized, .enabled(if: Host.runsSandboxes, "SKIPPED: no sandbox can be made on this machine"))
struct ProgramSandboxTests {
    private func run(_ script: String, input: String = "", limits: SandboxLimits = Host.limits) async throws -> SandboxedProgram {
        try await ProgramSandbox.confined().run(["/bin/sh", "-c", script], input: Array(input.utf8), limits: limits)
    }

    @Test("gives input, output, errors and code")
    func passes() async throws {
        let result = try await run("cat; echo complaint >&2; exit 3", input: "given\n")
        #expect(result == SandboxedProgram(ending: .exited(3), output: "given\n", errors: "complaint\n"))
    }

    @Test("has an empty environment, its own host name, processes and folder")
    func isBare() async throws {
        let result = try await run("env; hostname; pwd; ls /; echo /proc/[0-9]*")
        #expect(!result.output.contains("PATH=") && !result.output.contains("HOME="))
        #expect(result.output.contains("sandbox\n/tmp\n"))
        #expect(!result.output.contains("home") && result.output.hasSuffix("/proc/1 /proc/2\n"))
    }

    @Test("the limit on the clock stops it from outside")
    func clock() async throws {
        var limits = Host.limits
        limits.wallClock = .milliseconds(300)
        #expect(try await run("trap '' TERM INT HUP; echo begun; sleep 1000", limits: limits).ending == .timedOut)
    }

    @Test("the limit on processor time stops it")
    func processor() async throws {
        var limits = Host.limits
        (limits.processorTime, limits.wallClock) = (.seconds(1), .seconds(60))
        #expect(try await run("while :; do :; done", limits: limits).ranOutOfProcessorTime)
    }

    @Test("the limit on output cuts it off", arguments: ["yes", "yes >&2"])
    func output(script: String) async throws {
        var limits = Host.limits
        limits.output = 10_000
        let result = try await run(script, limits: limits)
        #expect(result.ending == .flooded && result.output.utf8.count <= 10_000 && result.errors.utf8.count <= 10_000)
    }

    @Test(
        "the limits on files, space, memory, descriptors and processes hold",
        arguments: [
            "head -c 2000000 /dev/zero > /tmp/large", "for i in 1 2 3 4 5 6 7 8; do head -c 900000 /dev/zero > /tmp/$i || exit 1; done",
            "head -c 100000000 /dev/zero | tail -c 99000000 > /dev/null", "ulimit -n 1000", "sleep 3 & sleep 3 & sleep 3 & sleep 3 & wait",
        ])
    func limits(script: String) async throws {
        let limits = SandboxLimits(memory: 64 << 20, processes: 5, fileSize: 1 << 20, temporaryFiles: 4 << 20, openFiles: 16)
        #expect(try await run(script, limits: limits).ending != .exited(0))
    }

    @Test("a program that does not read, or is not there, is a result")
    func deaf() async throws {
        let sandbox = try await ProgramSandbox.confined()
        #expect(try await sandbox.run(["/bin/true"], input: Array(repeating: 0x20, count: 1 << 20)).ending == .exited(0))
        #expect(try await sandbox.run(["/nowhere"]).ending == .exited(127))
    }

    @Test("what was left in one is not in the next")
    func isFresh() async throws {
        #expect(try await run("echo x > /tmp/left; ls /tmp").output == "left\n")
        #expect(try await run("ls /tmp").output.isEmpty)
    }
}

@Suite("What cannot be run")
struct SandboxErrorTests {
    @Test("each message names the remedy")
    func messages() {
        #expect(SandboxError.bubblewrapMissing.description.contains("apt-get install bubblewrap"))
        #expect(SandboxError.bubblewrapMissing.description.contains("--unsafe-exec"))
        #expect(SandboxError.floorMissing(reason: "No space left").description.contains("No space left"))
        #expect(SandboxError.toolMissing("prlimit", package: "util-linux").description.contains("apt-get install util-linux"))
        #expect(SandboxError.unsupportedSystem.description.contains("Linux"))
        #expect(SandboxError.startFailed(reason: "fork").description.contains("fork"))
    }

    @Test("a sandbox that cannot start is our failure: unscorable, not wrong")
    func failingStart() async throws {
        let pool = InterpreterPool(size: 1) {
            ChildProcess(
                ["/bin/sh", "-c", "echo no namespaces >&2; exit 1"], hold: .namespace, output: OutputBuffer(limit: 100),
                errors: OutputBuffer(limit: 100))
        }
        await #expect(throws: SandboxError.startFailed(reason: "no namespaces")) { try await pool.take() }
        await pool.close()
    }
}

@Suite("The filter of system calls")
struct SystemCallFilterTests {
    /// The answer of a filter to a call, by the rules of classic BPF.
    private func answer(_ filter: SystemCallFilter, architecture: UInt32, number: UInt32) -> UInt32 {
        let lines = stride(from: 0, to: filter.bytes.count, by: 8).map { Array(filter.bytes[$0..<$0 + 8]) }
        var (place, value) = (0, UInt32(0))
        while true {
            let line = lines[place]
            let constant = (0..<4).reduce(UInt32(0)) { $0 | UInt32(line[4 + $1]) << (8 * UInt32($1)) }
            switch UInt16(line[0]) | UInt16(line[1]) << 8 {
            case 0x20: value = constant == 4 ? architecture : number
            case 0x15: place += Int(value == constant ? line[2] : line[3])
            case 0x35: place += Int(value >= constant ? line[2] : line[3])
            default: return constant
            }
            place += 1
        }
    }

    @Test("refuses what is listed and x32, kills another architecture, allows the rest")
    func answers() {
        let filter = SystemCallFilter(architecture: 7, refused: [3, 41, 101])
        for number in [3, 41, 101, 0x4000_0000, 0x4000_0003] as [UInt32] {
            #expect(answer(filter, architecture: 7, number: number) == 0x0005_0001)
        }
        for number in [0, 2, 40, 42, 102, 0x3FFF_FFFF] as [UInt32] {
            #expect(answer(filter, architecture: 7, number: number) == 0x7FFF_0000)
        }
        #expect(answer(filter, architecture: 8, number: 0) == 0x8000_0000)
    }
}
