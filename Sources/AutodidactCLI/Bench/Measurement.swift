/// One line of `autodidact bench`.
struct Measurement: Encodable, Sendable {
    let name: String
    let model: String
    let parameters: Int
    /// Sequences at once; rows on each core for matrix products.
    let batch: Int
    /// Tokens of a sequence: trained on, or prompt and continuation.
    let length: Int
    let cores: Int
    let value: Double
    let unit: String
    /// What the value would be if only its operations took time, at the speed of our products on the model's shapes.
    ///
    /// Operations are those of products and attention; for sampling, reading weights and caches from memory may be the tighter bound. For
    /// products themselves it is the speed of OpenBLAS, for reading memory that of reading a core's own cache, for memory held the size of
    /// weights, gradients and optimiser state; for texts there is none.
    let roofline: Double?
    /// The same with OpenBLAS's products.
    let rooflineOpenBLAS: Double?

    /// How near the value is to its roofline, 0…1 where the roofline holds.
    var share: Double? { roofline.map { unit == "s" || unit == "MB" ? $0 / value : value / $0 } }
}
