import Testing

@Suite("Kernels of each instruction set, each in a process of its own")
struct KernelTests {
    @Test("the product equals a naive one and OpenBLAS on odd sizes", arguments: InstructionSet.available)
    func product(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            ProductChecks.everySize()
        }
    }

    @Test("a row's product has the same bits in any batch", arguments: InstructionSet.available)
    func rowInvariance(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            ProductChecks.rowInvariance()
        }
    }

    @Test("exp is within its stated error, and defined everywhere", arguments: InstructionSet.available)
    func exponential(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            ExponentialChecks.error()
            ExponentialChecks.edges()
        }
    }

    @Test("norms, rotation and gating equal naive loops", arguments: InstructionSet.available)
    func rows(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            RowKernelChecks.rmsNorm()
            RowKernelChecks.normRotate()
            RowKernelChecks.swiGLU()
        }
    }

    @Test("attention equals a naive loop, whatever lies behind the last position", arguments: InstructionSet.available)
    func attention(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            AttentionChecks.forward()
            AttentionChecks.invariance()
            AttentionChecks.backward()
            AttentionChecks.cached()
        }
    }

    @Test("softmax, log-sum-exp and selected logprobs equal naive loops", arguments: InstructionSet.available)
    func softmax(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            SoftmaxChecks.values()
            SoftmaxChecks.edges()
            SoftmaxChecks.selectedLogprobs()
        }
    }

    @Test("argmax and draws keep their promises on ties and edges", arguments: InstructionSet.available)
    func choices(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            ChoiceChecks.argmax()
            ChoiceChecks.draw()
        }
    }

    @Test("vector operations and AdamW equal naive loops", arguments: InstructionSet.available)
    func vectors(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            VectorChecks.elementwise()
            VectorChecks.sumOfSquares()
            VectorChecks.allFinite()
            VectorChecks.adamW()
        }
    }

    @Test("backward passes equal central differences", arguments: InstructionSet.available)
    func gradients(set: InstructionSet) async {
        await #expect(processExitsWith: .success) { [set = set as InstructionSet] in
            #expect(set.use())
            for operation in EngineGradientTests.cases { operation.check(asParameters: true) }
            for headWidth in [8, 32, 48] {
                EngineGradientTests.attention(group: 3, headWidth: headWidth, fused: true).check(asParameters: false)
            }
        }
    }
}
