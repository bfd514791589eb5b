import Autodidact
import Remote
import TestSupport

/// The texts of `BigramTable`: a token is a character.
struct BigramText: RemoteText {
    struct UnknownCharacter: Error {}

    var contextLength: Int { 64 }
    var endOfTurn: TokenID? { BigramTable.end }
    var stopTokens: Set<TokenID> { [BigramTable.end] }

    func encode(_ text: String) throws -> [TokenID] {
        try text.map { character in
            guard let token = BigramTable.characters.firstIndex(of: character) else { throw UnknownCharacter() }
            return TokenID(token)
        }
    }

    func prompt(for text: String) throws -> [TokenID] { try encode(text) }
    func followUp(to text: String, isClosed: Bool) throws -> [TokenID] { try encode(text) }

    func decode(_ tokens: [TokenID]) -> String {
        String(tokens.filter { $0 != BigramTable.end }.map { BigramTable.characters[Int($0)] })
    }
}
