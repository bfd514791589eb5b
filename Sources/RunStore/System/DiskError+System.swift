import Autodidact
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension DiskError {
    /// The failure that the system reports as `errorNumber`, with what to do about it where that is known.
    init(action: String, path: String, errorNumber: Int32) {
        let reason = unsafe String(cString: strerror(errorNumber))
        self.init(action: action, path: path, reason: Self.remedy(for: errorNumber).map { "\(reason); \($0)" } ?? reason)
    }

    /// The failure that Foundation reports.
    init(action: String, path: String, underlying error: any Error) {
        let cause = (error as? CocoaError)?.underlying ?? error
        if let system = cause as? POSIXError {
            self.init(action: action, path: path, errorNumber: system.code.rawValue)
        } else {
            self.init(action: action, path: path, reason: error.localizedDescription)
        }
    }

    private static func remedy(for errorNumber: Int32) -> String? {
        switch errorNumber {
        case ENOSPC, EDQUOT: "free some space there, then resume"
        case EROFS: "choose a folder on a disk that can be written"
        case EACCES, EPERM: "choose a folder that you may write to, or change its permissions"
        case EMFILE, ENFILE: "raise the limit on open files (ulimit -n)"
        default: nil
        }
    }
}
