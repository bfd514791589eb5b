import Foundation
import RunStore
import Sandbox
import Tensors

/// What a run needs of the machine, held against what is there.
struct Examination {
    let checks: [Check]

    /// One need.
    struct Check: Encodable {
        let need: String
        let isMet: Bool
        let finding: String
        /// Whether every run needs it.
        var isRequired = true
    }

    private static let leastMemory = 1_000_000_000.0

    init(models: ModelsOptions, store: StoreOptions) async {
        let memory = Double(ProcessInfo.processInfo.physicalMemory)
        checks = [
            Check(
                need: "instructions", isMet: true,
                finding: MatrixProduct.instructionSet + (MatrixProduct.usesKernels ? ", own kernels" : ", products by the system's BLAS")),
            Check(need: "cores", isMet: true, finding: "\(Cores.all.count)"),
            Check(
                need: "memory", isMet: memory >= Self.leastMemory,
                finding: String(format: "%.1f GB", memory / 1e9) + (memory >= Self.leastMemory ? "" : ", a run needs about 1 GB")),
            Self.store(store.folder),
            Self.seedling(models),
            await Self.sandbox(),
        ]
    }

    /// Tries the walls, and one program within them; only tasks that run programs need them.
    private static func sandbox() async -> Check {
        do {
            let runner = try PythonRunner(try await .confined(), waiting: 1)
            do {
                _ = try await runner.programsPerSecond(blocks: 1, programsPerBlock: 1, together: 1)
            } catch {
                await runner.close()
                throw error
            }
            await runner.close()
            return Check(need: "sandbox", isMet: true, finding: "bubblewrap's walls hold, and a program was judged", isRequired: false)
        } catch {
            return Check(need: "sandbox", isMet: false, finding: "\(error)", isRequired: false)
        }
    }

    private static func store(_ folder: URL) -> Check {
        let files = FileManager.default
        do {
            if files.fileExists(atPath: folder.path) {
                let runs = try RunStore(folder: folder).runs().count
                return Check(need: "store", isMet: true, finding: "\(folder.path), \(runs) runs")
            }
            let parent = folder.andAncestors.dropFirst().first { files.fileExists(atPath: $0.path) } ?? folder
            let isWritable = files.isWritableFile(atPath: parent.path)
            return Check(
                need: "store", isMet: isWritable,
                finding: folder.path + (isWritable ? ", not made yet" : " cannot be made: choose another with --store"))
        } catch {
            return Check(need: "store", isMet: false, finding: "\(error)")
        }
    }

    private static func seedling(_ models: ModelsOptions) -> Check {
        do {
            let model = try OpenedModel(RunOptions.defaultModel, on: try models.shelf())
            return Check(need: "seedling", isMet: true, finding: "\(model.place.folder.path), \(model.parameters) parameters")
        } catch {
            return Check(need: "seedling", isMet: false, finding: "\(error)")
        }
    }
}
