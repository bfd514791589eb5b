/// One message of a conversation.
public struct Message: Hashable, Sendable, Codable {
    /// Who speaks.
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        case system, user, assistant
        /// What a tool answered.
        case tool
    }

    /// Who speaks.
    public let role: Role
    /// What is said: always plain text, even where it spells a mark of the template.
    public let content: String

    /// A message.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}
