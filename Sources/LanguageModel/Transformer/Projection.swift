import Tensors

/// A linear map of rows, with a bias where the architecture has one.
struct Projection: Sendable {
    /// [N, K].
    let weight: Tensor
    /// [N].
    let bias: Tensor?
}

extension Tape {
    /// x · Wᵀ + b, plus `residual` where given.
    ///
    /// `x`: [T, K]; returns [T, N].
    func project(_ x: Tensor, _ projection: Projection, addedTo residual: Tensor? = nil) -> Tensor {
        let product = linear(x, projection.weight, addedTo: residual)
        return projection.bias.map { addBias(product, $0) } ?? product
    }
}
