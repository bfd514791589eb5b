import Tensors

/// A linear map of rows, with a bias where the architecture has one.
struct Projection: Sendable {
    /// [N, K].
    let weight: Tensor
    /// [N].
    let bias: Tensor?
}

extension Tape {
    /// x · Wᵀ + b, plus `residual` and the update of an adapter where given.
    ///
    /// `x`: [T, K]; returns [T, N].
    func project(_ x: Tensor, _ projection: Projection, addedTo residual: Tensor? = nil, update: LowRankTerm? = nil) -> Tensor {
        var product = linear(x, projection.weight, addedTo: residual)
        if let update { product = adding(update, of: x, to: product) }
        return projection.bias.map { adding(bias: $0, to: product) } ?? product
    }
}
