import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The memory that this process has taken.
enum ProcessMemory {
    /// The largest resident size so far, in millions of bytes; 0 where the system does not tell.
    static var peakMegabytes: Double {
        var usage = rusage()
        #if canImport(Glibc)
            let own = RUSAGE_SELF.rawValue
        #else
            let own = RUSAGE_SELF
        #endif
        guard unsafe getrusage(.init(own), &usage) == 0 else { return 0 }
        #if canImport(Darwin)
            return Double(usage.ru_maxrss) / 1e6
        #else
            return Double(usage.ru_maxrss) * 1024 / 1e6
        #endif
    }

    /// Starts a new peak from what is held now; where the system has no such call (it is Linux's alone), the old peak stands.
    static func forgetPeak() {
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        try? file.write(contentsOf: Data("5".utf8))
    }
}
