import Autodidact
import Foundation
import Testing

@testable import Sandbox

#if canImport(Glibc)
    import Glibc
#endif
#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// What a hostile program would like to reach: canary files, an environment, an open descriptor, a listening socket, other processes.
struct Host {
    /// In the command lines of everything that this host's sandboxes start.
    let mark = "mark-\(UUID().uuidString.lowercased())"
    private let folder: URL
    private let environment: [String: String]

    /// Short enough for a suite of many programs, long enough for an honest one on a busy machine.
    static let limits = SandboxLimits(wallClock: .seconds(4), processorTime: .seconds(2))
    static let tests = ProgramTests(
        entryPoint: "add",
        tests: "# hidden test\nassert add(2, 3) == 5\nassert add(-4, 1) == -3\nassert candidate(10 ** 9, 7) == 1000000007")
    private static let secret = "canary that no program may read"

    /// Whether the suite can run; the reason why not is printed once, loudly.
    static let runsSandboxes: Bool = {
        do {
            if SandboxTools.tool("bwrap") == nil { throw SandboxError.bubblewrapMissing }
            return true
        } catch {
            print("SKIPPED escape suite: \(error)")
            return false
        }
    }()

    /// Held open and inheritable for the whole suite, as a descriptor that somebody forgot.
    private static let forgotten: FileDescriptor? = try? FileDescriptor.open(FilePath(#filePath), .readOnly)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("canary-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.secret.write(to: folder.appendingPathComponent("secret"), atomically: true, encoding: .utf8)
        Self.plantSecret()
        environment = ProcessInfo.processInfo.environment
        try #require(Self.forgotten != nil)
    }

    /// Puts the canary into this process's environment: one variable for all suites, because some hold the whole environment constant.
    static func plantSecret() { unsafe setenv("AUTODIDACT_TEST", "CANARY=\(secret)", 1) }

    func sandbox() async throws -> ProgramSandbox { try await .confined(name: mark) }

    /// A program with the places of this host that it asks for.
    func filled(_ source: String) -> String {
        source.replacing("@CANARY_FILE@", with: folder.appendingPathComponent("secret").path).replacing("@CANARY_DIR@", with: folder.path)
            .replacing("@HOST_PID@", with: "\(ProcessInfo.processInfo.processIdentifier)").replacing("@PORT@", with: "\(Self.port)")
    }

    /// The processes whose command lines hold this host's mark.
    func processes() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { Self.commandLine(of: "\($0)")?.contains(mark) == true }
    }

    /// Command lines of processes that outlived their sandbox; waits for those that are just dying.
    func leftovers() async -> [String] {
        var found: [String] = []
        for _ in 0..<1_000 {
            found = Self.commandLines().filter { $0.contains(mark) || $0.contains("98765") || $0.contains("98766") }
            if found.isEmpty { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return found
    }

    func checkUnchanged() throws {
        #expect(try String(contentsOf: folder.appendingPathComponent("secret"), encoding: .utf8) == Self.secret)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["secret"])
        #expect(ProcessInfo.processInfo.environment == environment)
        try FileManager.default.removeItem(at: folder)
    }

    static func commandLines() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { Int($0) != nil }.compactMap(commandLine)
    }

    /// The words of a process; nil where it ended between the list and the look.
    private static func commandLine(of process: String) -> String? {
        FileHandle(forReadingAtPath: "/proc/\(process)/cmdline").flatMap { try? $0.readToEnd() }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A port of this machine that listens.
    static let port: Int = {
        #if canImport(Glibc)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard listen(listener, 8) == 0 else { return 0 }
            let named = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(listener, $0, &size) }
            }
            return named == 0 ? Int(UInt16(bigEndian: address.sin_port)) : 0
        #else
            return 0
        #endif
    }()
}
