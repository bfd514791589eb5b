import Autodidact
import Foundation
import NIOCore
import Texts

/// Why a server cannot be reached where it should be.
public enum ListeningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Other machines reach the address, and there is no token to ask for.
    case noToken(ListenAddress)
    /// The address cannot be listened at.
    case cannotListen(ListenAddress, reason: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noToken(let address): "\(address) can be reached from other machines, so a bearer token is required"
        case .cannotListen(let address, let reason): "cannot listen at \(address): \(reason)"
        }
    }
}

/// What the system says of a server that has ended, with what to do about it where that is known.
func reason(of error: any Error) -> String {
    if let error = error as? SocketAddressError.UnknownHost { return "no such host (\(error.errorDescription.shown)); check its name" }
    guard let error = error as? IOError else { return "\(error)".shown }
    let said = error.localizedReason
    switch POSIXErrorCode(rawValue: error.errnoCode) {
    case .EADDRINUSE: return "\(said); choose another port, or 0 for a free one"
    case .EADDRNOTAVAIL: return "\(said); name an address of this machine"
    case .EACCES: return "\(said); choose a port from 1024 up"
    default: return said
    }
}

extension IOError {
    /// The system's own words for the error number.
    fileprivate var localizedReason: String { POSIXErrorCode(rawValue: errnoCode).map { POSIXError($0).localizedDescription } ?? "\(self)" }
}
