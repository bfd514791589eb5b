import CKernels

extension Storage {
    /// Adds storages of the same length, in order; cut over cores, which cannot change an elementwise sum.
    public func add(_ others: [Storage], cores: Cores) {
        for other in others { precondition(other.count == count, "cannot add \(other.count) floats to \(count)") }
        let piece = 1 << 16
        cores.forEach((count + piece - 1) / piece) { index in
            let start = index * piece
            for other in others {
                unsafe ck_add(min(piece, count - start), other.base + start, base + start)
            }
        }
    }
}
