import Autodidact
import Foundation
import GRDB

/// The digest of one episode as it is stored, with its problem: a changed bit in either is noticed when it is read.
enum EpisodeDigest {
    /// The columns of `episode` that are covered, in order.
    static let columns = [
        "generation", "ordinal", "verdict", "score", "sampled", "stop_reason", "member", "stream", "step", "weights", "turns", "tokens",
        "logprobs", "response", "feedback", "turn_verdicts",
    ]

    /// The digest of the values of `columns` and of the problem.
    static func digest(_ values: [DatabaseValue], problem: Problem) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2048)
        for value in values { append(value, to: &bytes) }
        for text in [problem.id, problem.task, problem.prompt, problem.reference, problem.split.rawValue, "\(problem.level)"] {
            append(Data(text.utf8), tag: 3, to: &bytes)
        }
        return Data(ContentHash.digest(of: bytes))
    }

    /// One value with its kind and length, so that no two lists of values give the same bytes.
    ///
    /// SQLite keeps no NaN, no sign of a zero and not always an empty blob, so those count as what comes back.
    private static func append(_ value: DatabaseValue, to bytes: inout [UInt8]) {
        switch value.storage {
        case .null: append(Data(), tag: 0, to: &bytes)
        case .int64(let number): append(UInt64(bitPattern: number), tag: 1, to: &bytes)
        case .double(let number) where number.isNaN: append(Data(), tag: 0, to: &bytes)
        case .double(let number): append((number == 0 ? 0 : number).bitPattern, tag: 2, to: &bytes)
        case .string(let text): append(Data(text.utf8), tag: 3, to: &bytes)
        case .blob(let data): append(data, tag: data.isEmpty ? 0 : 4, to: &bytes)
        }
    }

    private static func append(_ data: Data, tag: UInt8, to bytes: inout [UInt8]) {
        append(UInt64(data.count), tag: tag, to: &bytes)
        bytes.append(contentsOf: data)
    }

    private static func append(_ word: UInt64, tag: UInt8, to bytes: inout [UInt8]) {
        bytes.append(tag)
        for shift in stride(from: 0 as UInt64, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}

/// The digest of a generation's episodes: of their digests, in order.
struct EpisodesDigest {
    private var bytes: [UInt8] = []

    mutating func append(_ digest: Data) {
        bytes.append(contentsOf: digest)
    }

    /// SHA-256 in hexadecimal; that of nothing where there are no episodes.
    var hexadecimal: String { ContentHash.hexadecimal(of: bytes) }
}
