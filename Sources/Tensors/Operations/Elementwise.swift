extension Tape {
    /// y[i] = value(x[i]); its gradient is dy[i] · slope(x[i], y[i]).
    func map(
        _ x: Tensor, _ value: (Float) -> Float, slope: @escaping (_ x: Float, _ y: Float) -> Float
    ) -> Tensor {
        let y = make(x.shape, requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for i in 0..<x.count { unsafe output[i] = value(input[i]) }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            let input = unsafe x.base, output = unsafe y.base
            accumulate(gradient(of: x), x.count) { i in unsafe dy[i] * slope(input[i], output[i]) }
            withExtendedLifetime((x, y)) {}
        }
        return y
    }

    /// z[i] = value(x[i], y[i]); the gradients are dz[i] times the two slopes.
    ///
    /// `x` and `y` may be one tensor.
    func combine(
        _ x: Tensor, _ y: Tensor, _ value: (_ x: Float, _ y: Float) -> Float, xSlope: @escaping (_ x: Float, _ y: Float) -> Float,
        ySlope: @escaping (_ x: Float, _ y: Float) -> Float
    ) -> Tensor {
        precondition(x.shape == y.shape, "shapes \(x.shape) and \(y.shape) differ")
        let z = make(x.shape, requiresGradient: x.requiresGradient || y.requiresGradient)
        let left = unsafe x.base, right = unsafe y.base, output = unsafe z.base
        for i in 0..<x.count { unsafe output[i] = value(left[i], right[i]) }
        unsafe record(z) { [self] dz in
            let left = unsafe x.base, right = unsafe y.base
            if wantsGradient(x) { accumulate(gradient(of: x), x.count) { i in unsafe dz[i] * xSlope(left[i], right[i]) } }
            if wantsGradient(y) { accumulate(gradient(of: y), y.count) { i in unsafe dz[i] * ySlope(left[i], right[i]) } }
            withExtendedLifetime((x, y)) {}
        }
        return z
    }

    /// Adds contribution(i) to each of a gradient's `count` floats; sets them where nothing has arrived yet.
    func accumulate(_ slot: GradientSlot, _ count: Int, _ contribution: (Int) -> Float) {
        let target = unsafe slot.base
        if slot.isFresh {
            for i in 0..<count { unsafe target[i] = contribution(i) }
        } else {
            for i in 0..<count { unsafe target[i] += contribution(i) }
        }
        withExtendedLifetime(slot) {}
    }
}
