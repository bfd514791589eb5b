import Autodidact
import GRDB

extension StoreError {
    /// What went wrong while doing `action` on `file`, in this module's own terms.
    init(_ error: any Error, action: String, file: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DiskError: self = .disk(error)
        case let error as DatabaseError: self.init(error, action: action, file: file)
        default: self = .database(file: file, action: action, reason: "\(error)")
        }
    }

    /// What `body` returns; what the disk says becomes an error of the store.
    static func wrapping<T: ~Copyable>(_ body: () throws(DiskError) -> T) throws(StoreError) -> T {
        do throws(DiskError) {
            return try body()
        } catch {
            throw .disk(error)
        }
    }

    private init(_ error: DatabaseError, action: String, file: String) {
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damagedDatabase(file: file, reason: reason)
        case .SQLITE_FULL: self = .diskFull(file: file)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(file: file, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .database(file: file, action: action, reason: "another process has held it for too long (\(reason)); try again")
        default: self = .database(file: file, action: action, reason: reason)
        }
    }
}
