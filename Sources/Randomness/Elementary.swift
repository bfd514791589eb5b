#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The two functions of the C library that `normal()` needs, without Foundation.
extension Double {
    static func logarithm(_ x: Double) -> Double { log(x) }
    static func cosine(_ x: Double) -> Double { cos(x) }
}
