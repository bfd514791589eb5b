import Foundation
import Testing

@testable import AutodidactCLI

@Suite("Where a command line asks for something to be written")
struct OutputPathTests {
    typealias Rule = @Sendable (String, String) throws -> URL
    static let rules: [(name: String, rule: Rule, isFile: Bool, replaces: Bool)] = [
        ("new file", { try OutputPath.newFile($0, for: $1) }, true, false),
        ("new folder", { try OutputPath.newFolder($0, for: $1) }, false, false),
        ("file", { try OutputPath.file($0, for: $1) }, true, true), ("folder", { try OutputPath.folder($0, for: $1) }, false, true),
    ]

    @Test("one rule holds for all kinds", arguments: rules.indices)
    func rule(index: Int) async throws {
        let (name, rule, isFile, replaces) = Self.rules[index]
        try await Workplace.with { place in
            let (file, folder) = (place.folder.appendingPathComponent("file"), place.folder.appendingPathComponent("folder"))
            try Data().write(to: file)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            func refusal(_ path: String) -> String? {
                do {
                    _ = try rule(path, "--option")
                    return nil
                } catch {
                    return error is BadInput ? "\(error)" : "another error"
                }
            }
            #expect(refusal(folder.appendingPathComponent("new").path) == nil, "\(name)")
            let orphan = refusal(place.folder.appendingPathComponent("nowhere/new").path) ?? ""
            #expect(orphan.hasPrefix("--option: '") && orphan.contains("there is no folder") && orphan.contains("make it first"), "\(name)")
            #expect(refusal(file.appendingPathComponent("new").path)?.contains("is a file, not a folder") == true, "\(name)")
            #expect(refusal("") != nil)
            // What is there of the right kind is replaced or added to only where that costs nothing.
            let (same, other) = isFile ? (file.path, folder.path) : (folder.path, file.path)
            #expect(replaces ? refusal(same) == nil : refusal(same)?.contains("exists already and is not replaced") == true, "\(name)")
            #expect(refusal(other)?.contains(isFile ? "is a folder, not a file" : "is a file, not a folder") == true, "\(name)")
        }
    }
}
