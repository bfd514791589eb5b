import Autodidact
import Foundation
import Reports
import Studies
import Texts

/// Where the records of studies lie, and the page and cards that are made from them.
struct AtlasFolder: Sendable {
    static let defaultName = "Atlas"
    static let defaultPage = "docs/ATLAS.md"

    let folder: URL
    let page: URL
    private let disk: any Disk

    /// The folders that options name; the defaults are those of the repository.
    init(output: String?, page: String?, disk: any Disk) {
        self.disk = disk
        folder = URL(fileURLWithPath: output ?? Self.defaultName).standardizedFileURL
        let standard = output == nil ? URL(fileURLWithPath: Self.defaultPage) : folder.appendingPathComponent("ATLAS.md")
        self.page = (page.map { URL(fileURLWithPath: $0) } ?? standard).standardizedFileURL
    }

    /// Where the finished parts of a study are kept until it is done.
    func cells(of study: any Study) -> CellFolder {
        CellFolder(folder.appendingPathComponent(".cells").appendingPathComponent(study.card.slug), disk: disk)
    }

    /// Keeps a record, and gives the parts up that it was made from.
    func keep(_ record: StudyRecord, of study: any Study) throws {
        try disk.createDirectory(folder)
        try disk.writeAtomically(Data((try jsonText(record) + "\n").utf8), to: folder.appendingPathComponent("\(record.slug).json"))
        try cells(of: study).clear()
    }

    /// Writes the page, its plots and a card beside each record.
    ///
    /// - Returns: The page's path.
    func writePage() throws -> String {
        let records = try records()
        let plots = page.deletingLastPathComponent().appendingPathComponent(AtlasPage.plotFolder)
        try disk.createDirectory(plots)
        for record in records {
            let card = try AtlasCard.markdown(record, page: wayToPage)
            try disk.writeAtomically(Data(card.utf8), to: folder.appendingPathComponent(AtlasCard.name(record)))
            for plot in AtlasPage.plots(record) {
                try disk.writeAtomically(Data(plot.svg.utf8), to: plots.appendingPathComponent(plot.name))
            }
        }
        try disk.writeAtomically(Data(AtlasPage.markdown(records).utf8), to: page)
        return page.path
    }

    /// How the page is found from a card: `../docs/ATLAS.md`.
    private var wayToPage: String {
        let (from, to) = (folder.pathComponents, page.pathComponents)
        let shared = zip(from, to).prefix { $0 == $1 }.count
        return (from[shared...].map { _ in ".." } + to[shared...]).joined(separator: "/")
    }

    private func records() throws -> [StudyRecord] {
        guard disk.exists(folder) else { throw BadInput("there is no folder '\(folder.path)' with records of studies") }
        let names = try disk.contents(of: folder).filter { $0.hasSuffix(".json") }
        guard !names.isEmpty else { throw BadInput("there is no record of a study in '\(folder.path)'") }
        return try names.map { name in
            let file = folder.appendingPathComponent(name)
            let record: StudyRecord
            do {
                record = try JSONDecoder().decode(StudyRecord.self, from: try disk.read(file))
            } catch let error as DecodingError {
                throw BadInput("\(file.path) is no record of a study: \(error.field.shown)")
            }
            // The slug names the files of plots: none but its own may be written.
            guard name == record.slug + ".json" else {
                throw BadInput("\(file.path) is no record of a study: slug: '\(record.slug.shown)' is not the name of the file")
            }
            return record
        }
    }
}

extension DecodingError {
    /// The field that is at fault, in one line.
    fileprivate var field: String {
        func text(_ context: Context, _ more: [any CodingKey] = []) -> String {
            let path = (context.codingPath + more).map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        }
        return switch self {
        case .keyNotFound(let key, let context): text(context, [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): text(context)
        @unknown default: "\(self)"
        }
    }
}
