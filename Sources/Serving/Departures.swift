import NIOCore
import Synchronization

/// Tells whoever works for a connection that it is gone.
final class Departures: Sendable {
    /// What is to be done for each connection that is open and has asked for something; nothing between two requests.
    private let open = Mutex<[ObjectIdentifier: (@Sendable () -> Void)?]>([:])

    /// From now on `left` is called once where the connection ends, at once where it has ended, until `forget`.
    func watch(_ channel: any Channel, left: @escaping @Sendable () -> Void) {
        let id = ObjectIdentifier(channel)
        let isKnown = open.withLock { $0.updateValue(left, forKey: id) != nil }
        // Once for a connection, however many requests it makes.
        guard !isKnown else { return }
        channel.closeFuture.whenComplete { [self] _ in
            let left = open.withLock { $0.removeValue(forKey: id) }
            left??()
        }
    }

    /// The work for the connection is done.
    func forget(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        open.withLock { open in
            if open[id] != nil { open[id] = .some(nil) }
        }
    }
}
