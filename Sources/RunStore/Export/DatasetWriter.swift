import Autodidact

/// Takes in a run's episodes in order and writes the rows that they give in one form.
struct DatasetWriter {
    private let form: DatasetForm
    private let manifest: RunManifest
    private let reader: any TurnReader
    private let files: DatasetFiles
    /// The problems that evaluations are made of, by their ids.
    private let evaluated: Set<String>
    private(set) var count = ExportCount()
    private var pairing = PreferencePairing()
    private var generation = 0

    init(_ form: DatasetForm, of manifest: RunManifest, evaluated: Set<String>, reader: any TurnReader, files: DatasetFiles) {
        (self.form, self.manifest, self.reader, self.files) = (form, manifest, reader, files)
        self.evaluated = evaluated
    }

    /// Takes in an episode of a generation; generations follow each other.
    mutating func add(_ episode: Episode, generation: Int) throws {
        if generation != self.generation {
            try writePairs()
            self.generation = generation
        }
        count.episodes += 1
        // By split and by the problems that were evaluated, so that neither can be wrong alone.
        guard episode.problem.split == .train, !evaluated.contains(episode.problem.id) else {
            count.heldOut += 1
            return
        }
        guard episode.verdict.exportedReward != nil else {
            count.unscorable += 1
            return
        }
        let turns = try episode.exportedTurns(reader)
        switch form {
        case .messages: try addConversation(episode, turns)
        case .sft, .preference, .kto: for turn in turns where turn.isOwn { try add(turn, of: episode) }
        }
    }

    /// Writes what is still held back.
    mutating func finish() throws { try writePairs() }

    private mutating func add(_ turn: ExportedTurn, of episode: Episode) throws {
        if let verdict = turn.verdict, verdict.exportedReward == nil { return }
        // A turn that was not judged by itself is as right as what it led to.
        let isRight = turn.verdict?.isCorrect ?? episode.verdict.isCorrect
        if isRight && turn.isCutOff {
            count.cutOff += 1
            return
        }
        let origin = origin(of: turn, in: episode), rows = DatasetRows(reader: reader)
        switch form {
        case .sft where isRight: try write(rows.completion(turn), from: origin)
        case .kto where turn.verdict != nil: try write(rows.completion(turn, label: isRight), from: origin)
        case .preference where turn.verdict != nil: pairing.add((turn, origin), isRight: isRight)
        default: break
        }
    }

    private mutating func addConversation(_ episode: Episode, _ turns: [ExportedTurn]) throws {
        guard episode.verdict.isCorrect, let last = turns.last else { return }
        guard turns.allSatisfy({ $0.isOwn && $0.verdict?.isCorrect != false }) else {
            count.mixed += 1
            return
        }
        guard !last.isCutOff else {
            count.cutOff += 1
            return
        }
        try write(DatasetRows(reader: reader).conversation(endingWith: last), from: origin(of: last, in: episode))
    }

    private mutating func writePairs() throws {
        for (chosen, rejected) in pairing.pairs {
            let row = DatasetRows(reader: reader).pair(chosen: chosen.turn, rejected: rejected.turn)
            try write(row, from: PairProvenance(chosen: chosen.origin, rejected: rejected.origin))
        }
        pairing = PreferencePairing()
    }

    private mutating func write(_ row: DatasetRow, from origin: some Encodable) throws {
        try files.add(row, from: origin)
        count.rows += 1
        if row.label == true { count.right += 1 }
    }

    private func origin(of turn: ExportedTurn, in episode: Episode) -> RowProvenance {
        RowProvenance(episode, turn, generation: generation, of: manifest)
    }
}
