import Autodidact
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

    /// What a manifest records.
    static func all(for family: any TaskFamily) -> [String: String] {
        engineOnly.merging(["verifier": family.verifier.version]) { $1 }
    }
}
