extension Tape {
    /// The same numbers in the same order under another shape: a view of the memory of `x`.
    ///
    /// `shape` must hold as many numbers as `x`. Empty gives empty; infinite and NaN pass through.
    public func reshape(_ x: Tensor, to shape: [Int]) -> Tensor {
        precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == x.count, "\(x.shape) does not fill \(shape)")
        let y = Tensor(
            shape: shape, storage: x.storage, offset: x.offset, requiresGradient: isRecording && x.requiresGradient)
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            unsafe add(dy, count: x.count, to: gradient(of: x))
        }
        return y
    }
}
