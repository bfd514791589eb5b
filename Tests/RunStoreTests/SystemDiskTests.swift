import Autodidact
import Foundation
import RunStore
import Testing

@Suite("the real disk and clock")
struct SystemDiskTests {
    private let disk = SystemDisk()

    @Test("what was written is read, replaced whole, and nothing else is left", arguments: [0, 1, 3_000_000])
    func roundTrip(count: Int) async throws {
        try await withFolder { folder in
            let deep = folder.appendingPathComponent("a/b/c")
            try disk.createDirectory(deep)
            try disk.createDirectory(deep)
            let file = deep.appendingPathComponent("file")
            let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) })
            try disk.writeAtomically(Data([1]), to: file)
            try disk.writeAtomically(data, to: file)
            #expect(try disk.read(file) == data)
            #expect(try disk.contents(of: deep) == ["file"])
            #expect(disk.exists(file))
            try disk.remove(folder.appendingPathComponent("a"))
            #expect(!disk.exists(file))
        }
    }

    @Test("each failure names action, file and cause")
    func failures() async throws {
        try await withFolder { folder in
            let absent = folder.appendingPathComponent("absent"), inAbsent = absent.appendingPathComponent("file")
            func expect(_ action: String, _ path: String, _ body: () throws(DiskError) -> Void) {
                do {
                    try body()
                    Issue.record("\(action) did not fail")
                } catch {
                    #expect(error.action == action && error.path.contains(path) && !error.reason.isEmpty, "\(error)")
                }
            }
            expect("read", absent.path) { () throws(DiskError) in _ = try disk.read(absent) }
            expect("read", folder.path) { () throws(DiskError) in _ = try disk.read(folder) }
            expect("create", absent.path) { () throws(DiskError) in try disk.writeAtomically(Data(), to: inAbsent) }
            expect("list", absent.path) { () throws(DiskError) in _ = try disk.contents(of: absent) }
            expect("remove", absent.path) { () throws(DiskError) in try disk.remove(absent) }
            try disk.writeAtomically(Data(), to: absent)
            expect("create directory", absent.path) { () throws(DiskError) in try disk.createDirectory(inAbsent) }
            expect("create directory", absent.path) { () throws(DiskError) in try disk.createDirectory(absent) }
        }
    }

    @Test("time goes on")
    func clock() {
        let clock = SystemClock()
        let first = clock.monotonic()
        #expect(first >= .zero && clock.monotonic() >= first)
        #expect(clock.secondsSince1970() > 1_700_000_000)
    }
}
