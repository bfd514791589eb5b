import Foundation
import Synchronization

/// Cosines and sines of the rotary position embedding (arXiv:2104.09864), for pairs made of the two halves of a head.
///
/// A model may allow a hundred thousand positions and more; the table holds as many as were asked for so far, rounded up.
public final class RotaryTable: Sendable {
    /// How many positions it covers.
    public let positions: Int
    /// The width of a head.
    public let headWidth: Int
    private let frequencies: [Double]
    private let filled: Mutex<Rows>

    /// The first `count` positions, each of both [count, D/2].
    struct Rows: Sendable {
        let count: Int
        let cosines: Storage
        let sines: Storage
    }

    /// Angles position · θ^(−2i/D), scaled, computed in double precision.
    public init(positions: Int, headWidth: Int, theta: Double, scaling: RotaryScaling = .none) {
        // The kernel's backward pass holds one head on the stack: WIDEST_HEAD in norm.h.
        precondition(headWidth % 2 == 0 && headWidth <= 512, "a rotary head needs an even width of at most 512, not \(headWidth)")
        self.positions = positions
        self.headWidth = headWidth
        frequencies = scaling.frequencies(theta: theta, headWidth: headWidth)
        filled = Mutex(Rows(count: 0, cosines: Storage(count: 0), sines: Storage(count: 0)))
    }

    /// Rows that cover all of `wanted`; every one of them must be below `positions`.
    func rows(for wanted: [Int32]) -> Rows {
        let last = wanted.max() ?? 0
        precondition(Int(last) < positions && wanted.allSatisfy { $0 >= 0 }, "a position is outside 0..<\(positions)")
        return filled.withLock { rows in
            if rows.count <= Int(last) { rows = grown(rows, toHold: Int(last) + 1) }
            return rows
        }
    }

    /// Twice as many rows at least, so that a sequence that grows by one position after another seldom pays.
    ///
    /// Rows that a tape still holds stay as they are.
    private func grown(_ old: Rows, toHold count: Int) -> Rows {
        let half = headWidth / 2, count = min(positions, max(count, 2 * old.count, 256))
        let cosines = Storage(count: count * half), sines = Storage(count: count * half)
        unsafe cosines.base.update(from: old.cosines.base, count: old.count * half)
        unsafe sines.base.update(from: old.sines.base, count: old.count * half)
        for position in old.count..<count {
            for i in 0..<half {
                let angle = Double(position) * frequencies[i]
                unsafe cosines.base[position * half + i] = Float(cos(angle))
                unsafe sines.base[position * half + i] = Float(sin(angle))
            }
        }
        return Rows(count: count, cosines: cosines, sines: sines)
    }
}
