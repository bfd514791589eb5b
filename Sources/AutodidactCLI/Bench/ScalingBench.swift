import Tensors

/// Speed against batch, sequence length, model size and cores, one thing varied at a time from a common middle.
struct ScalingBench {
    let cores: Cores
    /// Told what comes next.
    let note: (String) -> Void

    func measurements() throws -> [Measurement] {
        var lines: [Measurement] = []
        let middle = try BenchModel(BenchModel.sizes[1])
        let bench = Bench(model: middle, cores: cores)
        for batch in [1, 4, 16, 64, 256] {
            note("training, batch \(batch)")
            lines.append(bench.training(sequences: batch, length: 64, steps: 5))
        }
        for batch in [1, 8, 64, 512] {
            note("sampling, batch \(batch)")
            lines.append(bench.sampling(sequences: batch, prompt: 16, new: 64))
        }
        for length in [16, 256, 1024, 2048] {
            note("length \(length)")
            lines.append(bench.training(sequences: 8192 / length, length: length, steps: 5))
            lines.append(bench.sampling(sequences: 16, prompt: 16, new: length - 16 + (length == 16 ? 16 : 0)))
        }
        for size in BenchModel.scalingSizes where size.name != middle.name {
            note("size \(size.name)")
            let bench = Bench(model: try BenchModel(size), cores: cores)
            lines.append(bench.training(sequences: 64, length: 64, steps: 3))
            lines.append(bench.sampling(sequences: 64, prompt: 16, new: 64))
        }
        for count in 1..<max(2, cores.count) {
            note("cores: \(count)")
            let bench = Bench(model: middle, cores: Cores(count))
            lines.append(bench.training(sequences: 64, length: 64, steps: 5))
            lines.append(bench.sampling(sequences: 64, prompt: 16, new: 64))
        }
        return lines
    }
}
