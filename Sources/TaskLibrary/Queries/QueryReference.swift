import Autodidact

/// What responses to a problem of `sql` are judged by.
struct QueryReference: Sendable, Hashable {
    /// SQL that makes the tables and fills them; may be empty.
    let setup: String
    /// A query that is right.
    let query: String

    init(setup: String, query: String) {
        self.setup = setup
        self.query = query
    }

    /// What a problem's reference states; nil where it states none.
    init?(_ reference: String) {
        guard case .object(let members)? = try? JSONNodeReader.read(reference), case .string(let setup)? = members["setup"],
            case .string(let query)? = members["query"]
        else { return nil }
        self.init(setup: setup, query: query)
    }

    /// The reference that states it.
    var text: String { JSONNode.object(["setup": .string(setup), "query": .string(query)]).text }
}
