import Foundation

/// The most memory that this process has held since it was last forgotten; Linux only.
enum PeakMemory {
    /// In bytes; nil where the system does not say.
    static var bytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    /// Lets the peak begin anew from what is held now.
    static func forget() {
        // Where it cannot be written, the peak is that of the whole process, which bounds the one that is asked for.
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    }
}
