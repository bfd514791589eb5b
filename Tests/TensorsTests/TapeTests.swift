import Randomness
import Tensors
import Testing

@Suite("Tape")
struct TapeTests {
    @Test("a tensor used twice receives the sum")
    func usedTwice() {
        let tape = Tape(recording: true)
        let x = Tensor([1, 2, 3], shape: [3], requiresGradient: true)
        tape.backward(from: tape.add(tape.scale(x, by: 2), tape.multiply(x, x)))
        #expect(x.gradientValues == [4, 6, 8])
    }

    @Test("a parameter's first gradient is set at its offset, the next is added, and nothing is written elsewhere")
    func parameterOffsets() {
        let parameters = Parameters([
            ParameterSpecification("a", shape: [2], decays: false), ParameterSpecification("b", shape: [3], decays: false),
            ParameterSpecification("c", shape: [1], decays: false),
        ])
        parameters.storage.write([1, 2, 3, 4, 5, 6])
        let gradients = ParameterGradients(parameters)
        gradients.storage.fill(10)
        for sum in [[3, 6, 9], [6, 12, 18]] as [[Float]] {
            let tape = Tape(recording: true, gradients: gradients)
            tape.backward(from: tape.scale(parameters.tensor("b", shape: [3]), by: 3), seed: [1, 2, 3])
            #expect(gradients.storage.floats == [10, 10] + sum + [10])
        }
        #expect(gradients.completed().floats == [0, 0, 6, 12, 18, 0])
    }

    @Test("a parameter as its own loss receives the seed at its offset")
    func parameterAsLoss() {
        let parameters = Parameters([
            ParameterSpecification("a", shape: [2], decays: false), ParameterSpecification("b", shape: [2], decays: false),
        ])
        let gradients = ParameterGradients(parameters)
        Tape(recording: true, gradients: gradients).backward(from: parameters.tensor("b", shape: [2]), seed: [1, 2])
        #expect(gradients.completed().floats == [0, 0, 1, 2])
    }

    @Test("parameters whose gradients nobody wants keep none of their own", arguments: [false, true])
    func frozenParameters(isAttention: Bool) {
        let parameters = Parameters([ParameterSpecification("a", shape: [3, 8], decays: true)])
        let weight = parameters.tensor("a", shape: [3, 8]),
            x = Tensor(Array(repeating: 1, count: 24), shape: [3, 8], requiresGradient: true)
        let tape = Tape(recording: true)
        if isAttention {
            let y = tape.attention(
                q: x.allColumns, k: weight.allColumns, v: weight.allColumns, headWidth: 8, sequences: PackedSequences(lengths: [3]))
            tape.backward(from: y)
        } else {
            tape.backward(from: tape.add(tape.rows([0, 1, 2], of: weight), x))
        }
        #expect(weight.gradientValues == nil && x.gradientValues != nil)
    }

    @Test("arrays that follow each other can be used as one")
    func fusedParameters() {
        let parameters = Parameters([
            ParameterSpecification("a", shape: [2, 2], decays: true), ParameterSpecification("b", shape: [1, 2], decays: true),
        ])
        parameters.storage.write([1, 2, 3, 4, 5, 6])
        parameters.didChange()
        let gradients = ParameterGradients(parameters)
        let tape = Tape(recording: true, gradients: gradients)
        let y = tape.linear(Tensor([1, 10], shape: [1, 2]), parameters.tensor("a", shape: [3, 2]))
        #expect(y.values == [21, 43, 65])
        tape.backward(from: y, seed: [1, 2, 3])
        #expect(gradients.completed().floats == [1, 10, 2, 20, 3, 30])
    }

    @Test("a product sees a parameter's new values after didChange")
    func packingIsRenewed() {
        let parameters = Parameters([ParameterSpecification("w", shape: [1, 1], decays: true)])
        let weight = parameters.tensor("w", shape: [1, 1])
        let values = ([2, 5] as [Float]).map { value in
            parameters.storage.write([value])
            parameters.didChange()
            return Tape(recording: false).linear(Tensor([3], shape: [1, 1]), weight).values
        }
        #expect(values == [[6], [15]])
    }

    @Test("without recording nothing requires a gradient")
    func notRecording() {
        let tape = Tape(recording: false)
        let x = Tensor([1, 2], shape: [2], requiresGradient: true)
        #expect(tape.add(x, x).values == [2, 4])
        #expect(x.gradientValues == nil)
    }

    @Test("what does not lead to the loss receives nothing")
    func unrelated() {
        let tape = Tape(recording: true)
        let x = Tensor([1, 2], shape: [2], requiresGradient: true), y = Tensor([1, 2], shape: [2], requiresGradient: true)
        _ = tape.exp(y)
        tape.backward(from: tape.exp(x))
        #expect(x.gradientValues != nil && y.gradientValues == nil)
    }

    @Test("a forgotten result is computed again for the backward pass: the same gradients, bit for bit")
    func forgetting() {
        func gradients(forgets: Bool) -> [[Float]?] {
            let x = Tensor(RandomFloats.normal(5 * 16, SeedTree(root: 1)), shape: [5, 16], requiresGradient: true)
            let gain = Tensor(RandomFloats.normal(16, SeedTree(root: 2)), shape: [16], requiresGradient: true)
            let weight = Tensor(RandomFloats.normal(8 * 8, SeedTree(root: 3)), shape: [8, 8], requiresGradient: true)
            let tape = Tape(recording: true)
            let norm = tape.rmsNorm(x, gain: gain, epsilon: 1e-5), gated = tape.swiGLU(norm), y = tape.linear(gated, weight)
            if forgets { for tensor in [norm, gated] { tape.forget(tensor) } }
            tape.backward(from: y, seed: RandomFloats.normal(40, SeedTree(root: 4)))
            return [x, gain, weight].map(\.gradientValues)
        }
        let kept = gradients(forgets: false)
        #expect(gradients(forgets: true) == kept && kept.allSatisfy { $0 != nil })
    }
}
