public import Autodidact
import Texts

/// What can go wrong with a run store; each case has a sentence that names the file and says what to do.
public enum StoreError: Error, Hashable, Sendable {
    /// A file operation failed.
    case disk(DiskError)
    /// The database file cannot be opened for writing.
    case cannotOpen(file: String, reason: String)
    /// The database cannot grow.
    case diskFull(file: String)
    /// The database file is not whole.
    case damagedDatabase(file: String, reason: String)
    /// The file is a database, but not one of ours.
    case notAStore(file: String)
    /// The store was written by a later version of this program.
    case newerVersion(file: String, found: Int, known: Int)
    /// The database refused an operation for another reason.
    case database(file: String, action: String, reason: String)
    /// A row is not what was once written.
    case damagedRecord(file: String, record: String, reason: String)
    /// An artifact's bytes are not those that its name promises.
    case damagedArtifact(file: String, digest: String)
    /// An artifact that a run refers to is not there.
    case missingArtifact(file: String)
    /// The name cannot name a run.
    case invalidRunID(String)
    /// There is no run of this name.
    case unknownRun(String, nearest: String?)
    /// The beginning of a name fits several runs.
    case ambiguousRun(String, candidates: [String])
    /// The store holds no run.
    case noRuns(folder: String)
    /// Another process, or another ledger of this one, writes the run.
    case runInUse(run: String, process: Int?)
    /// A run of this name was opened before.
    case runExists(String)
    /// The run stopped before its base was committed.
    case nothingCommitted(run: String)
    /// The run is finished.
    case alreadyFinished(run: String)
    /// The run is not finished.
    case notFinished(run: String)
    /// A generation that does not follow the last committed one.
    case outOfOrder(run: String, expected: Int, given: Int)
    /// The run already stands where a rollback would bring it.
    case nothingToRollBack(run: String, reason: String)
    /// The run has no such generation.
    case unknownGeneration(run: String, given: Int, last: Int)
    /// The state that a generation made was let go of.
    case weightsNotKept(run: String, generation: Int, kept: [Int])
    /// The episodes of a generation were let go of.
    case episodesNotKept(run: String, generation: Int)
    /// The run has no episodes of the kind that was to be exported.
    case nothingToExport(run: String, reason: String)
    /// Something lies already where an archive was to be written.
    case archiveExists(file: String)
    /// An archive is not what was to be archived.
    case archiveDiffers(file: String, reason: String)
    /// A commit that contradicts itself or the run.
    case contradiction(run: String, reason: String)
}

extension StoreError {
    /// Whether something that was written is not there any more as it was written.
    public var isDamage: Bool {
        switch self {
        case .damagedDatabase, .damagedRecord, .damagedArtifact, .missingArtifact: true
        default: false
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .disk(let error): error.description
        case .cannotOpen(let file, let reason):
            "cannot open \(file) for writing: \(reason.shown); choose a folder that can be written"
        case .diskFull(let file): "cannot write \(file): the disk is full; free some space there, then resume"
        case .damagedDatabase(let file, let reason):
            "\(file) is damaged: \(reason.shown); restore it from a backup, or move the whole folder away to start afresh"
        case .notAStore(let file): "\(file) is not a run store; choose another folder"
        case .newerVersion(let file, let found, let known):
            "\(file) has format \(found), this program knows formats up to \(known); use a newer autodidact, or another folder"
        case .database(let file, let action, let reason): "cannot \(action) in \(file): \(reason.shown)"
        case .damagedRecord(let file, let record, let reason):
            "\(record.shown) in \(file) is damaged: \(reason.shown); restore the store from a backup, or delete the run"
        case .damagedArtifact(let file, let digest):
            "\(file) is damaged: its contents have the digest \(digest); restore it from a backup, or delete the run"
        case .missingArtifact(let file): "\(file) is missing; restore it from a backup, or delete the run"
        case .invalidRunID(let name):
            "'\(name.shown)' cannot name a run; use up to 100 letters, digits, '-', '_' and '.', beginning with a letter or digit"
        case .unknownRun(let name, let nearest):
            "there is no run '\(name.shown)'; " + (nearest.map { "did you mean '\($0)'?" } ?? "'autodidact runs' lists them")
        case .ambiguousRun(let name, let candidates):
            "'\(name.shown)' could be any of \(candidates.prefix(5).joined(separator: ", ")); write more of the name"
        case .noRuns(let folder): "\(folder) holds no runs yet; 'autodidact run' makes one"
        case .runInUse(let run, let process):
            "run \(run) is being written by " + (process.map { "process \($0)" } ?? "another process") + "; wait for it, or stop it"
        case .runExists(let run): "run \(run) exists already; resume it, or choose another name"
        case .nothingCommitted(let run): "run \(run) stopped before its baseline was committed; start a new run"
        case .alreadyFinished(let run): "run \(run) is already finished"
        case .notFinished(let run): "run \(run) is not finished; resume it first"
        case .outOfOrder(let run, let expected, let given):
            "generation \(given) of run \(run) cannot be committed: the next one is \(expected)"
        case .nothingToRollBack(let run, let reason): "run \(run) cannot be rolled back: \(reason)"
        case .unknownGeneration(let run, let given, let last):
            "run \(run) has no generation \(given); it has 0 (the base) to \(last)"
        case .weightsNotKept(let run, let generation, let kept):
            "the weights that generation \(generation) of run \(run) made are no longer kept; those of "
                + kept.map { $0 == 0 ? "0 (the base)" : "\($0)" }.joined(separator: ", ")
                + " are: choose one with --to, or start runs that keep more with --set store.keepWeights=N"
        case .episodesNotKept(let run, let generation):
            "the episodes of generation \(generation) of run \(run) are no longer kept; start runs that keep more with "
                + "--set store.keepEpisodes=N"
        case .nothingToExport(let run, let reason): "run \(run) has nothing to export: \(reason)"
        case .archiveExists(let file): "\(file) exists already; choose another name"
        case .archiveDiffers(let file, let reason): "\(file) was not written as it should be: \(reason); nothing was kept of it"
        case .contradiction(let run, let reason): "a commit to run \(run) contradicts itself: \(reason.shown)"
        }
    }
}
