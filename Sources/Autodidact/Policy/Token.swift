/// A token's index in its policy's vocabulary.
public typealias TokenID = Int32
