import CKernels
import Foundation

/// Cosines and sines of the rotary position embedding (arXiv:2104.09864), for pairs made of the two halves of a head.
public struct RotaryTable: Sendable {
    /// How many positions it covers.
    public let positions: Int
    /// The width of a head.
    public let headWidth: Int
    let cosines: Storage
    let sines: Storage

    /// Angles position · θ^(−2i/D), computed in double precision.
    public init(positions: Int, headWidth: Int, theta: Double) {
        // The kernel's backward pass holds one head on the stack: WIDEST_HEAD in norm.h.
        precondition(headWidth % 2 == 0 && headWidth <= 512, "a rotary head needs an even width of at most 512, not \(headWidth)")
        self.positions = positions
        self.headWidth = headWidth
        let half = headWidth / 2
        cosines = Storage(count: positions * half)
        sines = Storage(count: positions * half)
        let frequencies = (0..<half).map { pow(theta, -2 * Double($0) / Double(headWidth)) }
        for position in 0..<positions {
            let angles = frequencies.map { Double(position) * $0 }
            cosines.write(angles.map { Float(cos($0)) }, at: position * half)
            sines.write(angles.map { Float(sin($0)) }, at: position * half)
        }
    }
}

extension Tape {
    /// RMS norm of each head with a shared gain, then rotation by its row's position: Qwen3's queries and keys.
    ///
    /// `x`: columns of [T, …] that hold whole heads; `gain`: [D]; `positions`: [T]; returns [T, heads · D].
    public func normRotate(_ x: Columns, gain: Tensor, epsilon: Float, positions: [Int32], table: RotaryTable) -> Tensor {
        let T = x.tensor.rows, D = table.headWidth, heads = x.width / D
        precondition(x.width % D == 0 && gain.count == D, "normRotate of \(x.width) columns with heads of \(D) and gain \(gain.shape)")
        precondition(positions.count == T, "\(positions.count) positions for \(T) rows")
        precondition(positions.allSatisfy { $0 >= 0 && $0 < table.positions }, "a position is outside 0..<\(table.positions)")
        let y = make([T, x.width], requiresGradient: x.tensor.requiresGradient || gain.requiresGradient)
        let inverseRMS = pool.storage(T * heads)
        unsafe compute(y) { y in
            unsafe ck_norm_rotate(
                T, heads, D, x.base, x.stride, gain.base, epsilon, positions, table.cosines.base, table.sines.base, y, x.width,
                inverseRMS.base)
        }
        unsafe record(y) { [self] dy in
            let spare = pool.zeros(D)
            let unwanted = wantsGradient(x.tensor) ? nil : pool.storage(x.tensor.count)
            let dx = unsafe (unwanted?.base ?? zeroedGradient(of: x.tensor)) + x.start
            unsafe ck_norm_rotate_backward(
                T, heads, D, x.base, x.stride, gain.base, positions, table.cosines.base, table.sines.base, inverseRMS.base, dy, x.width, dx,
                x.stride, wantsGradient(gain) ? zeroedGradient(of: gain) : spare.base)
            withExtendedLifetime((spare, unwanted)) {}
        }
        withExtendedLifetime(inverseRMS) {}
        return y
    }
}
