import Autodidact

/// Where a row states its answer when no field is named: our own field and those of TRL, verl and SkyRL.
///
/// A field that holds the answer goes before one that holds a whole response that is right: a row may have both. Of one kind several may
/// be there only where they say the same, since nothing tells which is meant.
enum StatedAnswer {
    /// Our own and TRL's; verl's; SkyRL's.
    private static let answers = [RowFields.defaultAnswer, "ground_truth", "reward_model.ground_truth", "reward_spec.ground_truth"]
    private static let completion = "completion"
    /// TRL's.
    private static let responses = ["solution", completion]

    /// The field and what it holds, as text where it is a message; nil where there is none.
    ///
    /// - Parameter reply: The assistant's turn that ends the row's messages, with the field that they are in.
    static func find(
        in members: [String: JSONNode], reply: (field: String, text: String)? = nil
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode)? {
        if let answer = try itself(in: members) { return answer }
        if let response = try response(in: members, reply: reply) { return response }
        // An answer that is null is one that is missing, and is told so by its name.
        return members[RowFields.defaultAnswer].map { (RowFields.defaultAnswer, $0) }
    }

    /// The field that holds the answer itself, which may also have the verifier's own name for it; nil where there is none.
    static func itself(
        in members: [String: JSONNode], named own: [String] = []
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode)? {
        try only(stated(in: members, by: own + answers))
    }

    /// The field that holds a response that is right; nil where there is none.
    static func response(
        in members: [String: JSONNode], reply: (field: String, text: String)?
    ) throws(OwnTaskFault) -> (field: String, value: JSONNode)? {
        var responses = stated(in: members, by: responses)
        for index in responses.indices where responses[index].field == completion {
            responses[index].value = try said(by: responses[index].value, in: members)
        }
        if let reply { responses.append((reply.field, .string(reply.text))) }
        return try only(responses)
    }

    /// Fields that hold something, with what they hold.
    private static func stated(in members: [String: JSONNode], by fields: [String]) -> [(field: String, value: JSONNode)] {
        fields.compactMap { field in
            let path = field.split(separator: ".").map(String.init)
            guard let value = JSONNode.object(members)[path], value != .null else { return nil }
            return (field, value)
        }
    }

    /// The one thing that all of the fields say; nil where there are none.
    private static func only(_ stated: [(field: String, value: JSONNode)]) throws(OwnTaskFault) -> (field: String, value: JSONNode)? {
        guard let first = stated.first else { return nil }
        if let other = stated.first(where: { $0.value.plain != first.value.plain }) {
            throw .ambiguousAnswer(fields: [first.field, other.field])
        }
        return first
    }

    /// The text of a completion: itself, or that of the assistant's message in a list.
    ///
    /// Rows of unpaired preferences have the same field, and say beside it whether it is good.
    private static func said(by value: JSONNode, in members: [String: JSONNode]) throws(OwnTaskFault) -> JSONNode {
        if let label = members["label"], label != .bool(true) {
            throw .wrongType(
                field: "label", found: label.name, expected: "true, since 'completion' would be the right answer; else leave the row out")
        }
        guard case .array(let messages) = value else { return value }
        guard messages.count == 1, case .object(let parts) = messages[0], parts["role"] == .string("assistant"),
            case .string? = parts["content"], let content = parts["content"]
        else { throw .wrongType(field: completion, found: "a list", expected: "text, or one assistant's message with a text as content") }
        return content
    }
}

extension JSONNode {
    /// The value, where texts and numbers that look alike are the same.
    fileprivate var plain: String {
        switch self {
        case .string(let text): text.withoutOuterSpace
        case let other: other.text
        }
    }
}
