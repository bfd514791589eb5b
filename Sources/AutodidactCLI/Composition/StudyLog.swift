import Logging
import Studies

/// The course of studies as log records: one for each cell that begins or is finished.
struct StudyLog: Sendable {
    let logger: Logger

    /// Logs an event of a study.
    func receive(_ event: StudyEvent, slug: String) {
        switch event {
        case .cellStarted(let arm, let seed, let number, let total):
            logger.info("cell begins", metadata: place(slug, arm, seed, number, total))
        case .cellFinished(let cell, let number, let total, let isReused):
            let figures: Logger.Metadata = [
                "measurements": .dictionary(cell.measurements.values.mapValues { .stringConvertible($0) }),
                "reused": .stringConvertible(isReused),
                "tokensSampled": .stringConvertible(cell.tokens.sampled), "seconds": .stringConvertible(cell.seconds),
            ]
            logger.info("cell finished", metadata: place(slug, cell.arm, cell.seed, number, total).merging(figures) { $1 })
        case .generation, .loop: break
        }
    }

    private func place(_ slug: String, _ arm: String, _ seed: UInt64, _ number: Int, _ total: Int) -> Logger.Metadata {
        [
            "study": "\(slug)", "arm": "\(arm)", "seed": .stringConvertible(seed), "cell": .stringConvertible(number),
            "cells": .stringConvertible(total),
        ]
    }
}
