/// One line of `autodidact bench`.
struct Measurement: Encodable, Sendable {
    let name: String
    let model: String
    let parameters: Int
    /// Sequences at once; rows on each core for matrix products.
    let batch: Int
    let value: Double
    let unit: String
    /// What the value would be if the model's matrix products, by the same kernels, were all that took time (or, for products
    /// themselves, the speed of OpenBLAS; for memory, weights, gradients and optimiser state alone).
    let roofline: Double
    /// The same with OpenBLAS's products.
    let rooflineOpenBLAS: Double

    /// How near the value is to its roofline, 0…1 where the roofline holds.
    var share: Double { unit == "s" || unit == "MB" ? roofline / value : value / roofline }
}
