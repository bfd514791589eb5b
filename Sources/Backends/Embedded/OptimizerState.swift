import Foundation
import LanguageModel
import Tensors

/// The optimiser's moments and step count as safetensors.
struct OptimizerState {
    let data: Data

    init(_ trainer: Trainer) {
        let count = trainer.parameters.count
        data = SafetensorsWriter.data(
            tensors: [
                (name: "first_moment", shape: [count], floats: trainer.optimizer.firstMoment.floats),
                (name: "second_moment", shape: [count], floats: trainer.optimizer.secondMoment.floats),
            ], metadata: ["step": String(trainer.stepCount)])
    }

    static func restore(_ file: SafetensorsFile, into trainer: Trainer) throws(SafetensorsError) {
        guard let step = file.metadata["step"].flatMap({ Int($0) }), step >= 0 else {
            throw .malformedHeader(file: file.name, reason: "the step count is missing")
        }
        let count = trainer.parameters.count
        for (name, moment) in [("first_moment", trainer.optimizer.firstMoment), ("second_moment", trainer.optimizer.secondMoment)] {
            let found = try file.info(name).shape
            guard found == [count] else {
                throw .malformedTensor(
                    file: file.name, tensor: name, reason: "it has shape \(found), but \(count) parameters learn")
            }
            moment.write(try file.floats(name))
        }
        trainer.stepCount = step
    }
}
