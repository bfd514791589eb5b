#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writing to a program that no longer reads is an error to handle, not a signal that ends Autodidact.
enum BrokenPipes {
    /// Set once for the whole process; children get the default back.
    static let ignore: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}
