import Autodidact

extension AskedAnswer {
    /// Parameters that change nothing of an answer.
    private static let ignored = ["user", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention"]

    /// Parameters of this and other servers that this one does not have, with the values under which they ask for nothing.
    private static let neutral: [(name: String, values: [JSONNode])] = [
        ("frequency_penalty", [.number("0")]), ("presence_penalty", [.number("0")]), ("repetition_penalty", [.number("1")]),
        ("logit_bias", [.object([:])]), ("min_p", [.number("0")]), ("min_tokens", [.number("0")]), ("ignore_eos", [.bool(false)]),
        ("stop_token_ids", [.array([])]), ("include_stop_str_in_output", [.bool(false)]), ("skip_special_tokens", [.bool(true)]),
        ("spaces_between_special_tokens", [.bool(true)]), ("use_beam_search", [.bool(false)]), ("length_penalty", [.number("1")]),
        ("truncate_prompt_tokens", []), ("prompt_logprobs", []), ("logits_processors", [.array([])]), ("guided_json", []),
        ("guided_regex", []), ("guided_choice", []), ("guided_grammar", []), ("priority", [.number("0")]),
    ]
    private static let neutralInCompletions: [(name: String, values: [JSONNode])] = [
        ("suffix", [.string("")]), ("add_special_tokens", [.bool(true)]),
    ]
    private static let neutralInChat: [(name: String, values: [JSONNode])] = [
        ("tools", [.array([])]), ("tool_choice", [.string("none")]), ("functions", [.array([])]), ("function_call", [.string("none")]),
        ("parallel_tool_calls", [.bool(true), .bool(false)]), ("response_format", [.object(["type": .string("text")])]),
        ("modalities", [.array([.string("text")])]), ("store", [.bool(false)]), ("audio", []), ("prediction", []),
        ("reasoning_effort", []), ("verbosity", []), ("web_search_options", []), ("moderation", []), ("prompt_cache_options", []),
        ("service_tier", [.string("auto"), .string("default")]), ("add_generation_prompt", [.bool(true)]),
        ("continue_final_message", [.bool(false)]), ("add_special_tokens", [.bool(false)]), ("chat_template", []),
        ("chat_template_kwargs", [.object([:])]), ("echo", [.bool(false)]),
    ]

    /// Refuses what this server does not do, and what it does not know.
    static func refuseOthers(_ fields: inout RequestFields, isChat: Bool) throws(APIError) {
        for name in ignored { fields.ignored(name) }
        for (name, values) in neutral + (isChat ? neutralInChat : neutralInCompletions) { try fields.neutral(name, values) }
        try fields.refuseRest()
    }
}
