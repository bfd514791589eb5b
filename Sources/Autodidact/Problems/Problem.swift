/// Which part of a task a problem belongs to; decided by its content, so the parts are disjoint by construction.
public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
    /// May be trained on.
    case train
    /// Read every generation by the gate.
    case heldOut = "held-out"
    /// Read once, at the end of a run.
    case sealed
}

/// One checkable problem of a task.
public struct Problem: Sendable, Hashable, Codable, Identifiable {
    /// The first 16 hexadecimal digits of the SHA-256 of task and canonical content.
    public let id: String
    /// The slug of the task family.
    public let task: String
    /// What the policy sees.
    public let prompt: String
    /// What the verifier needs; the policy never sees it.
    public let reference: String
    /// The family's level, from 1 up.
    public let level: Int
    /// Decided by `id`.
    public let split: Split

    /// A problem named by its canonical content: two drafts of equal `canonical` are one problem, on whichever level.
    public init(task: String, canonical: String, prompt: String, reference: String, level: Int) {
        let digest = ContentHash.hexadecimal(of: task + "\u{0}" + canonical)
        self.id = String(digest.prefix(16))
        self.task = task
        self.prompt = prompt
        self.reference = reference
        self.level = level
        self.split = Self.split(ofDigest: digest)
    }

    /// A problem as it was recorded; id and split are what they were then.
    package init(id: String, task: String, prompt: String, reference: String, level: Int, split: Split) {
        self.id = id
        self.task = task
        self.prompt = prompt
        self.reference = reference
        self.level = level
        self.split = split
    }

    /// 80 % train, 10 % held-out, 10 % sealed, by the last byte pair of the digest.
    static func split(ofDigest digest: String) -> Split {
        switch (UInt32(digest.suffix(4), radix: 16) ?? 0) % 10 {
        case 0: .heldOut
        case 1: .sealed
        default: .train
        }
    }
}
