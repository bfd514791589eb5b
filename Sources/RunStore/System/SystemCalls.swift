#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The system's functions that change files, one call each: a simulator of failing disks takes their place in tests.
///
/// As in a kernel, a result below zero is the negative error number.
package protocol SystemCalls: Sendable {
    /// The number of the opened file.
    func open(_ path: String, flags: Int32) -> Int32

    /// How many of the bytes were written; may be fewer than given.
    func write(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Int

    /// Waits until everything written has reached the medium.
    func synchronize(_ number: Int32) -> Int32

    /// Gives a file another name, in place of what had it.
    func rename(_ path: String, to name: String) -> Int32

    /// Makes one directory.
    func makeDirectory(_ path: String) -> Int32

    /// Removes the name of a file.
    func unlink(_ path: String) -> Int32
}

/// The functions of this system.
package struct RealCalls: SystemCalls {
    /// The system's own.
    package init() {}

    package func open(_ path: String, flags: Int32) -> Int32 {
        #if canImport(Darwin)
            return result(unsafe Darwin.open(path, flags | O_CLOEXEC, 0o644))
        #elseif canImport(Glibc)
            return result(unsafe Glibc.open(path, flags | O_CLOEXEC, 0o644))
        #elseif canImport(Musl)
            return result(unsafe Musl.open(path, flags | O_CLOEXEC, 0o644))
        #endif
    }

    package func write(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            let written = unsafe Darwin.write(number, bytes.baseAddress, bytes.count)
        #elseif canImport(Glibc)
            let written = unsafe Glibc.write(number, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            let written = unsafe Musl.write(number, bytes.baseAddress, bytes.count)
        #endif
        return written < 0 ? -Int(errno) : written
    }

    package func synchronize(_ number: Int32) -> Int32 { result(fsync(number)) }

    package func rename(_ path: String, to name: String) -> Int32 {
        #if canImport(Darwin)
            return result(unsafe Darwin.rename(path, name))
        #elseif canImport(Glibc)
            return result(unsafe Glibc.rename(path, name))
        #elseif canImport(Musl)
            return result(unsafe Musl.rename(path, name))
        #endif
    }

    package func makeDirectory(_ path: String) -> Int32 { result(unsafe mkdir(path, 0o755)) }

    package func unlink(_ path: String) -> Int32 {
        #if canImport(Darwin)
            return result(unsafe Darwin.unlink(path))
        #elseif canImport(Glibc)
            return result(unsafe Glibc.unlink(path))
        #elseif canImport(Musl)
            return result(unsafe Musl.unlink(path))
        #endif
    }

    private func result(_ value: Int32) -> Int32 { value < 0 ? -errno : value }
}
