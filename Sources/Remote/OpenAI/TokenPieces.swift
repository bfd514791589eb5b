import Autodidact
import Synchronization

/// The vocabulary of texts that come from an endpoint: bytes, marks of turns, and pieces of text that it said, as they come.
///
/// Numbers of pieces hold for this process alone.
final class TokenPieces: Sendable {
    /// Opens a turn of the other side.
    static let user: TokenID = 256
    /// Opens a turn of the model.
    static let reply: TokenID = 257
    /// Ends a turn.
    static let end: TokenID = 258
    private static let first: TokenID = 259

    private struct State {
        var numbers: [[UInt8]: TokenID] = [:]
        var pieces: [[UInt8]] = []
    }

    private let state = Mutex(State())

    /// The token of a piece; a single byte stands for itself.
    func token(_ piece: [UInt8]) -> TokenID {
        if piece.count == 1 { return TokenID(piece[0]) }
        return state.withLock { state in
            if let known = state.numbers[piece] { return known }
            let number = Self.first + TokenID(state.pieces.count)
            state.pieces.append(piece)
            state.numbers[piece] = number
            return number
        }
    }

    /// The bytes of each token; marks have none.
    func bytes(_ tokens: some Collection<TokenID>) -> [[UInt8]] {
        state.withLock { state in
            tokens.map { token in
                if let byte = UInt8(exactly: token) { return [byte] }
                let place = Int(token) - Int(Self.first)
                return state.pieces.indices.contains(place) ? state.pieces[place] : []
            }
        }
    }
}
