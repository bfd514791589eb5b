import Autodidact
import Foundation

/// Files as one file of the POSIX ustar format (IEEE Std 1003.1, "pax", ustar interchange format).
enum TarFile {
    private static let block = 512
    /// The most bytes of a file: eleven octal digits.
    private static let largest = 0o77_777_777_777

    /// Writes a folder with all in it, under the folder's name; the file appears whole or not at all.
    static func write(_ folder: URL, to file: URL, disk: any Disk) throws(DiskError) {
        let output = try AtomicFile(file)
        for (name, source) in try members(of: folder, disk: disk) {
            guard let source else {
                try output.append(try header(name + "/", size: 0, isFolder: true))
                continue
            }
            let data = try disk.read(source)
            try output.append(try header(name, size: data.count, isFolder: false))
            try output.append(data)
            try output.append(Data(count: padding(after: data.count)))
        }
        try output.append(Data(count: 2 * block))
        try output.commit()
    }

    /// What is not in the file as it is in the folder, in a sentence; nil where all is.
    static func difference(from folder: URL, in file: URL, disk: any Disk) throws(StoreError) -> String? {
        try StoreError.wrapping { () throws(DiskError) in
            let archive = try disk.read(file)
            var offset = 0
            for (name, source) in try members(of: folder, disk: disk) {
                let data = try source.map { (url) throws(DiskError) in try disk.read(url) } ?? Data()
                let expected = try header(source == nil ? name + "/" : name, size: data.count, isFolder: source == nil) + data
                let end = offset + expected.count
                guard end <= archive.count, archive[offset..<end] == expected else { return "\(name) is not in it as it was written" }
                offset = end + padding(after: data.count)
            }
            return archive.count == offset + 2 * block ? nil : "it does not end where it should"
        }
    }

    /// The folder, its folders and files in order, by their names in the archive; folders have no source.
    private static func members(of folder: URL, disk: any Disk) throws(DiskError) -> [(name: String, source: URL?)] {
        var found: [(name: String, source: URL?)] = []
        var pending = [(folder.lastPathComponent, folder)]
        while let (name, url) = pending.popLast() {
            if !FileManager.default.fileExists(atPath: url.path + "/") {
                found.append((name, url))
                continue
            }
            found.append((name, nil))
            for child in try disk.contents(of: url).reversed() {
                pending.append((name + "/" + child, url.appendingPathComponent(child)))
            }
        }
        return found
    }

    /// A member's header; owner and time are left out, so that equal contents give equal archives.
    private static func header(_ name: String, size: Int, isFolder: Bool) throws(DiskError) -> Data {
        // A name beyond 100 bytes is cut at a slash, with up to 155 bytes before it.
        var (prefix, rest) = ("", name)
        if name.utf8.count > 100 {
            let cuts = name.dropLast().indices.filter { name[$0] == "/" }
            guard let cut = cuts.first(where: { name[name.index(after: $0)...].utf8.count <= 100 }), name[..<cut].utf8.count <= 155 else {
                throw DiskError(action: "archive", path: name, reason: "the name is too long for a tar file; archive to a folder instead")
            }
            (prefix, rest) = (String(name[..<cut]), String(name[name.index(after: cut)...]))
        }
        guard size <= largest else {
            throw DiskError(action: "archive", path: name, reason: "it is too large for a tar file; archive to a folder instead")
        }
        func octal(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        func field(_ text: String, _ width: Int) -> Data { Data(text.utf8) + Data(count: max(0, width - text.utf8.count)) }
        func bytes(checksum: String) -> Data {
            let zero = octal(0, 7)
            let fields: [(text: String, width: Int)] = [
                (rest, 100), (octal(isFolder ? 0o755 : 0o644, 7), 8), (zero, 8), (zero, 8), (octal(size, 11), 12), (octal(0, 11), 12),
                (checksum, 8), (isFolder ? "5" : "0", 1), ("", 100), ("ustar", 6), ("00", 2), ("", 32), ("", 32), (zero, 8), (zero, 8),
                (prefix, 155), ("", 12),
            ]
            return fields.reduce(into: Data()) { $0 += field($1.text, $1.width) }
        }
        let sum = bytes(checksum: String(repeating: " ", count: 8)).reduce(0) { $0 + Int($1) }
        return bytes(checksum: octal(sum, 6) + "\u{0} ")
    }

    private static func padding(after count: Int) -> Int { (block - count % block) % block }
}
