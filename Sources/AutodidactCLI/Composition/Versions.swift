import Autodidact
import Foundation
import Tensors

/// The versions that decide a run's results.
enum Versions {
    /// The program's own.
    static let engine = "0.1.0"

    /// The compiler that built the program.
    static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    /// What decides results on any task.
    static var engineOnly: [String: String] {
        ["autodidact": engine, "instructions": MatrixProduct.instructionSet, "swift": swift]
    }

    /// What decides the figures of a study: also the very program, since recipes and measuring change between releases.
    static func ofStudies() throws -> [String: String] {
        guard let program = Bundle.main.executableURL else { return engineOnly }
        let digest = ContentHash.hexadecimal(of: [UInt8](try Data(contentsOf: program)))
        return engineOnly.merging(["program": String(digest.prefix(16))]) { $1 }
    }

    /// What a manifest records.
    static func all(for family: any TaskFamily) -> [String: String] {
        engineOnly.merging([GateRules.name: GateRules.version, "verifier": family.verifier.version]) { $1 }
    }
}
