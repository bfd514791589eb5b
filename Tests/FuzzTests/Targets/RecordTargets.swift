import Autodidact
import Foundation
import Reports
import TestSupport

@testable import AutodidactCLI
@testable import RunStore
@testable import Studies

/// Records that were written before: of runs and of studies.
let recordTargets = [
    FuzzTarget(
        "run-record", words: recordWords, places: ["is damaged", "differ", "judged", "problem"],
        corpus: {
            let coding = RecordCoding(file: "runs.sqlite")
            return [
                FuzzInput("manifest.json", try coding.text(of: SampleRecords.manifest, record: "it").utf8),
                FuzzInput("generation.json", try coding.text(of: SampleRecords.generation(), record: "it").utf8),
                FuzzInput("summary.json", try coding.text(of: SampleRecords.summary, record: "it").utf8),
                FuzzInput("verdicts.json", #"{"verdicts":{"1":{"wrong":{"feedback":"no","score":0.5}}}}"#.utf8),
            ]
        },
        run: { input in
            let coding = RecordCoding(file: "runs.sqlite")
            switch input.files[0].name {
            case "manifest.json":
                let manifest = try coding.value(RunManifest.self, from: input.text, record: "the manifest")
                _ = HTMLReport.html(for: RunDossier(manifest: manifest))
            case "generation.json":
                let generation = try coding.value(GenerationRecord.self, from: input.text, record: "generation 1")
                _ = try Gate().decide(incumbent: SampleRecords.evaluation(2), candidate: generation.evaluation, look: 1)
                _ = HTMLReport.html(
                    for: RunDossier(manifest: SampleRecords.manifest, baseline: SampleRecords.evaluation(1), generations: [generation]))
            case "summary.json":
                let summary = try coding.value(RunSummary.self, from: input.text, record: "the summary")
                _ = HTMLReport.html(
                    for: RunDossier(manifest: SampleRecords.manifest, generations: [SampleRecords.generation()], summary: summary))
            default: _ = try coding.value(TurnVerdicts.self, from: input.text, record: "an episode")
            }
        }),
    FuzzTarget(
        "study-record", words: recordWords, places: ["nft.json"],
        corpus: { [FuzzInput("nft.json", try sortedJSON(SampleRecords.study))] },
        run: { input in
            let disk = MemoryDisk(["/atlas/nft.json": Data(input.bytes)])
            _ = try AtlasFolder(output: "/atlas", page: "/docs/ATLAS.md", disk: disk).writePage()
            for path in disk.written {
                try require(path.hasPrefix("/docs/") || path == "/atlas/nft.md", "\(path) is written, which is no page, plot or card")
            }
            _ = studyText(try JSONDecoder().decode(StudyRecord.self, from: Data(input.bytes)), color: .none)
        }),
    FuzzTarget(
        "study-cell", words: recordWords, places: [".json"],
        corpus: { [FuzzInput("cell.json", try sortedJSON(SampleRecords.cell))] },
        run: { input in
            let disk = MemoryDisk(["/cells/abc.json": Data(input.bytes)])
            let cell = try CellFolder(URL(fileURLWithPath: "/cells"), disk: disk).cell("abc")
            for series in cell?.measurements.series.values ?? [:].values { _ = StudySeries(meanOf: [series, series]) }
        }),
]

/// Equal values give equal bytes: a number must name an input in every process.
private func sortedJSON(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(value)
}

private let recordWords = [
    "slug", "title", "estimate", "low", "high", "values", "steps", "series", "arms", "seeds", "tokens", "sampled", "measurements", "number",
    "judged", "correct", "outcomes", "samplesPerProblem", "evaluation", "Infinity", "NaN", "-Infinity", "wrong", "unscorable", "feedback",
    "score",
    "../record", "sample", "train", "promoted", "held-out",
]
