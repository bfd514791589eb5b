import Autodidact
import Foundation
import Recipes
import Reports
import RunStore

extension RunDossier {
    /// All that the store knows of a run, for its report.
    init(of runID: String, in store: RunStore) throws {
        let overview = try store.run(runID)
        let planned = try JSONDecoder().decode(Planned.self, from: Data(overview.manifest.settings.utf8))
        self.init(
            manifest: overview.manifest, plannedGenerations: planned.generations, baseline: try store.baseline(of: runID),
            generations: try store.generations(of: runID),
            digests: try store.histograms(of: runID).map { histograms in
                let examples = try store.exampleEpisodes(of: runID, generation: histograms.generation)
                return GenerationDigest(histograms, samples: VerdictKind.allCases.flatMap { examples[$0] ?? [] })
            },
            lineage: try store.lineage(of: runID),
            summary: overview.state == .finished ? try store.summary(of: runID) : nil, spent: overview.spent,
            metrics: RecipeCatalogue.all.first { $0.card.slug == overview.manifest.recipe }?.metrics ?? [])
    }

    /// The part of the settings that a report shows apart.
    private struct Planned: Decodable {
        let generations: Int
    }
}

extension GenerationDigest {
    fileprivate init(_ histograms: EpisodeHistograms, samples: [Episode]) {
        self.init(
            number: histograms.generation,
            rewards: Histogram(low: 0, high: 1, counts: histograms.rewards),
            lengths: Histogram(low: 0, high: Double(histograms.tokensPerBin * histograms.lengths.count), counts: histograms.lengths),
            samples: samples)
    }
}

/// Writes the HTML report of a run, with the folders above it.
///
/// - Returns: The file's absolute path.
func writeReport(of runID: String, in store: RunStore, to path: String?, places: CommandPlaces) throws -> String {
    let file = URL(fileURLWithPath: path ?? reportFile(of: runID, in: store))
    var dossier = try RunDossier(of: runID, in: store)
    dossier.places = places
    return try write(HTMLReport.html(for: dossier), to: file)
}

/// Writes the plot of a run's held-out accuracy as a standalone SVG file, with the folders above it.
///
/// - Returns: The file's absolute path.
func writePlot(of runID: String, in store: RunStore, to path: String) throws -> String {
    try write(accuracyPlotSVG(try RunDossier(of: runID, in: store)), to: URL(fileURLWithPath: path))
}

private func write(_ page: String, to file: URL) throws(DiskError) -> String {
    let disk = World.system.disk
    try disk.createDirectory(file.deletingLastPathComponent())
    try disk.writeAtomically(Data(page.utf8), to: file)
    return file.standardizedFileURL.path
}
