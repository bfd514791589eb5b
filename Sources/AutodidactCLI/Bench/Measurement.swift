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
    /// What the value would be if the operations of products and attention, at the speed of our products on the model's shapes, were
    /// all that took time; for sampling, if they or the memory that must be read took all of it. For products themselves the speed of
    /// OpenBLAS, for reading memory the speed of reading what a core's own cache holds, for memory held weights, gradients and optimiser
    /// state alone; for texts none.
    let roofline: Double?
    /// The same with OpenBLAS's products.
    let rooflineOpenBLAS: Double?

    /// How near the value is to its roofline, 0…1 where the roofline holds.
    var share: Double? { roofline.map { unit == "s" || unit == "MB" ? $0 / value : value / $0 } }
}
