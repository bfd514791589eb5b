import Tensors
import Testing

@Suite("Gradients of parameters")
struct ParameterGradientsTests {
    private static let parameters = Parameters([
        ParameterSpecification("a", shape: [2], decays: false), ParameterSpecification("b", shape: [3], decays: false),
        ParameterSpecification("c", shape: [1], decays: false),
    ])

    private static func gradients(_ seeds: [String: [Float]]) -> ParameterGradients {
        let gradients = ParameterGradients(parameters)
        // What lies in memory before the first contribution must not matter.
        gradients.storage.fill(.nan)
        for (name, seed) in seeds {
            Tape(recording: true, gradients: gradients).backward(from: parameters.tensor(name, shape: [seed.count]), seed: seed)
        }
        return gradients
    }

    @Test("what nothing contributed to is zero")
    func untouched() {
        #expect(Self.gradients([:]).completed().floats == [0, 0, 0, 0, 0, 0])
        #expect(Self.gradients(["b": [1, 2, 3]]).completed().floats == [0, 0, 1, 2, 3, 0])
    }

    @Test("sums over several hold what any of them holds, on any number of cores", arguments: [1, 2])
    func sums(cores: Int) {
        let sum = Self.gradients(["a": [1, 2]])
        sum.add([Self.gradients(["a": [10, 20], "c": [5]]), Self.gradients([:]), Self.gradients(["c": [6]])], cores: Cores(cores))
        #expect(sum.completed().floats == [11, 22, 0, 0, 0, 11])
    }

    @Test("after clearing they begin anew")
    func clearing() {
        let gradients = Self.gradients(["a": [1, 2], "b": [3, 4, 5]])
        #expect(gradients.completed().floats == [1, 2, 3, 4, 5, 0])
        gradients.clear()
        Tape(recording: true, gradients: gradients).backward(from: Self.parameters.tensor("c", shape: [1]), seed: [7])
        #expect(gradients.completed().floats == [0, 0, 0, 0, 0, 7])
    }

    @Test("two views of one parameter that overlap are a mistake of ours")
    func overlap() async {
        await #expect(processExitsWith: .failure) {
            let parameters = Parameters([ParameterSpecification("a", shape: [4], decays: false)])
            let gradients = ParameterGradients(parameters)
            for width in [4, 2] {
                Tape(recording: true, gradients: gradients).backward(
                    from: parameters.tensor("a", shape: [width]), seed: Array(repeating: 1, count: width))
            }
        }
    }
}
