import Foundation

/// Numbers to little-endian bytes and back.
///
/// The one file of `Formats` that reads raw memory.
enum TensorBytes {
    /// Fills `floats` from the bytes of `data` that start at `offset`.
    static func decode(_ data: Data, at offset: Int, as dtype: SafetensorsDType, into floats: inout MutableSpan<Float>) {
        let raw = data.bytes
        let width = dtype.bytes
        precondition(
            offset >= 0 && offset <= raw.byteCount && floats.count <= (raw.byteCount - offset) / width,
            "\(floats.count) numbers of \(width) bytes at byte \(offset) lie outside \(raw.byteCount) bytes"
        )
        switch dtype {
        case .float32:
            for i in floats.indices {
                let bits = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 4 * i, as: UInt32.self)
                floats[i] = Float(bitPattern: UInt32(littleEndian: bits))
            }
        case .bfloat16:
            for i in floats.indices {
                let bits = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 2 * i, as: UInt16.self)
                floats[i] = HalfPrecision.float(bfloat16: UInt16(littleEndian: bits))
            }
        case .float16:
            for i in floats.indices {
                let bits = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 2 * i, as: UInt16.self)
                floats[i] = HalfPrecision.float(float16: UInt16(littleEndian: bits))
            }
        }
    }

    /// Appends `floats` to `data`, rounded to the format.
    static func append(_ floats: [Float], as format: SafetensorsWriter.Format, to data: inout Data) {
        switch format {
        case .float32:
            let words = floats.map { $0.bitPattern.littleEndian }
            unsafe words.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
        case .bfloat16:
            let words = floats.map { HalfPrecision.bfloat16($0).littleEndian }
            unsafe words.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
        }
    }
}
