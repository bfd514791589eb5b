import Autodidact
import Foundation
import RunStore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The store's own disk, `SystemDisk`, on a simulated volume.
///
/// All that it writes goes through `SimulatedCalls`, so its order of steps is what is tested; what it asks Foundation for is a step here.
struct SimulatedDisk: Disk {
    private let calls: SimulatedCalls
    private let disk: SystemDisk

    /// The disk of a volume.
    init(_ volume: SimulatedVolume) {
        calls = SimulatedCalls(volume)
        disk = SystemDisk(calls: calls)
    }

    func read(_ url: URL) throws(DiskError) -> Data {
        try step(.read, url, action: "read")
        return try SystemDisk().read(url)
    }

    func writeAtomically(_ data: Data, to url: URL) throws(DiskError) { try disk.writeAtomically(data, to: url) }

    func exists(_ url: URL) -> Bool { !calls.volume.isOff && disk.exists(url) }

    func createDirectory(_ url: URL) throws(DiskError) { try disk.createDirectory(url) }

    func contents(of url: URL) throws(DiskError) -> [String] {
        try step(.list, url, action: "list")
        return try disk.contents(of: url)
    }

    func remove(_ url: URL) throws(DiskError) {
        try step(.remove, url, action: "remove") { state, name in state.medium.remove(name) }
        try disk.remove(url)
    }

    private func step(
        _ operation: FileOperation, _ url: URL, action: String, then: (inout SimulatedVolume.State, String) -> Void = { _, _ in }
    ) throws(DiskError) {
        var result: Int32
        repeat {
            result = calls.perform(operation, url.path) { state, name in
                then(&state, name)
                return 0
            }
        } while result == -EINTR
        if result < 0 { throw DiskError(action: action, path: url.path, reason: "simulated: error \(-result)") }
    }
}
