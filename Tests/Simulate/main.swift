import Foundation
import SimulatedWorld

/// The whole campaign: seeds from `--from`, or the one of `--seed` with its log.
let options = try SimulateOptions(Array(CommandLine.arguments.dropFirst()))
exit(try await Campaign(options).run() ? 0 : 1)
