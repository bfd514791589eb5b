import Foundation

/// A folder of one target, whose files are those of the input under way.
struct Workspace: Sendable {
    let folder: URL

    /// Files in memory where the system has them: thousands of inputs are written, and none needs to last.
    private static let root =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? URL(fileURLWithPath: "/dev/shm") : FileManager.default.temporaryDirectory

    /// A folder under the system's folder for what is temporary, named by target and process.
    init(_ target: String) {
        folder = Self.root.appendingPathComponent("autodidact-fuzz-\(target)-\(ProcessInfo.processInfo.processIdentifier)")
    }

    /// Calls `body` with a folder that holds the files of an input and nothing else; it is gone afterwards.
    func with<T>(_ input: FuzzInput, _ body: (URL) async throws -> T) async throws -> T {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in input.files { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
        return try await body(folder)
    }
}

/// What writers of this project put into a folder, as an input; folders within are left out.
func filesWritten(_ names: [String], by write: (URL) throws -> Void) throws -> FuzzInput {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("autodidact-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(folder)
    return FuzzInput(try names.map { FuzzFile($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
}
