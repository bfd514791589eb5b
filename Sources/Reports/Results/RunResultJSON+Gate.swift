public import Autodidact

extension RunResultJSON {
    /// What a generation's alarm said.
    public struct RungAlarm: Sendable, Hashable, Codable {
        /// The generation, from 1 up.
        public let generation: Int
        /// The kind of alarm.
        public let name: String
        /// What was found.
        public let finding: String
        /// What to look at.
        public let advice: String
    }

    /// What the gate answered to one question about a generation's candidate.
    public struct Check: Sendable, Hashable, Codable {
        /// The generation, from 1 up.
        public let generation: Int
        /// What was asked.
        public let check: GateCheck
    }

    /// A pause of promotion that a generation left.
    public struct StandingPause: Sendable, Hashable, Codable {
        /// The generation, from 1 up.
        public let generation: Int
        /// The alarm that paused.
        public let name: String
        /// The generation in which it rang last.
        public let since: Int
        /// How many generations in a row have been healthy since.
        public let healthy: Int
    }
}
