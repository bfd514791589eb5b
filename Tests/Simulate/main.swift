import Foundation
import SimulatedWorld

do {
    let options = try SimulateOptions(Array(CommandLine.arguments.dropFirst()))
    exit(try await Campaign(options).run() ? 0 : 1)
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(2)
}
