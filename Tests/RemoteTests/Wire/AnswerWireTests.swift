import Testing

@testable import Remote

@Suite("Answers on the wire")
struct AnswerWireTests {
    @Test("a queued request is known by a number, with or without its model")
    func promises() throws {
        let skyRL = #"{"future_id":"3","status":"pending","request_id":"3"}"#
        #expect(try WireJSON.read(Promise.self, skyRL) == Promise(requestID: "3", modelID: nil))
        let created = #"""
            {"model_id":"model_1","base_model":"b","lora_config":{"rank":8,"seed":null},"status":"created","request_id":"4"}
            """#
        #expect(try WireJSON.read(Promise.self, created) == Promise(requestID: "4", modelID: "model_1"))
    }

    @Test("sessions, capabilities and models are read, whatever else is said of them")
    func descriptions() throws {
        let session = #"{"type":"create_session","info_message":null,"warning_message":"soon over","session_id":"s"}"#
        let opened = try WireJSON.read(CreateSession.Answer.self, session)
        #expect(opened.sessionID == "s" && opened.warningMessage == "soon over" && opened.infoMessage == nil)
        let skyRL = try WireJSON.read(ServerCapabilities.self, #"{"supported_models":[{"model_name":"b"}]}"#)
        #expect(skyRL.supportedModels == [.init(modelName: "b", maxContextLength: nil)])
        let hosted = try WireJSON.read(ServerCapabilities.self, #"{"supported_models":[{"model_name":"b","max_context_length":32768}]}"#)
        #expect(hosted.supportedModels.first?.maxContextLength == 32_768)
        let info = #"""
            {"model_id":"m","status":"created","model_data":{"base_model":"b","lora_config":{"rank":8,"seed":null},"model_name":"b"}}
            """#
        #expect(try WireJSON.read(GetInfo.Answer.self, info).modelData.modelName == "b")
    }

    @Test("a pass gives a logprob for each position, null for what is not finite")
    func passes() throws {
        let text = #"""
            {"loss_fn_output_type":"scalar","loss_fn_outputs":[{"elementwise_loss":{"data":[0.5],"dtype":"float32","shape":[1]},
             "logprobs":{"data":[-0.5,null],"dtype":"float32","shape":[2]}}],"metrics":{}}
            """#
        let outcome = try WireJSON.read(PassOutcome.self, text)
        #expect(outcome.outputs.map(\.logprobs.data) == [[-0.5, nil]] && outcome.metrics == [:])
    }

    @Test("steps, saved weights and samples")
    func others() throws {
        #expect(try WireJSON.read(OptimStep.Outcome.self, #"{"metrics":null}"#).metrics == nil)
        #expect(try WireJSON.read(OptimStep.Outcome.self, #"{"metrics":{"grad_norm:mean":2}}"#).metrics == ["grad_norm:mean": 2])
        let saved = #"{"path":"tinker://model_1/weights/a","type":"save_weights"}"#
        #expect(try WireJSON.read(SaveWeights.Outcome.self, saved).path == "tinker://model_1/weights/a")
        let pushed = #"{"path":null,"type":"save_weights_for_sampler","sampling_session_id":"sampling_1"}"#
        #expect(try WireJSON.read(SaveWeightsForSampler.Outcome.self, pushed).path == nil)
        let sampled = #"""
            {"sequences":[{"stop_reason":"stop","tokens":[4,0],"logprobs":[-0.25,-1]}],"prompt_logprobs":[null,-2]}
            """#
        let outcome = try WireJSON.read(Sample.Outcome.self, sampled)
        #expect(outcome.sequences == [.init(tokens: [4, 0], logprobs: [-0.25, -1], stopReason: "stop")])
        #expect(outcome.promptLogprobs == [nil, -2])
    }

    @Test("a future that waits and one that failed are told from a result")
    func futures() throws {
        let waiting = try WireJSON.read(FutureState.self, #"{"type":"try_again","request_id":"1","queue_state":"paused_capacity"}"#)
        #expect(waiting.type == "try_again" && waiting.queueState == "paused_capacity" && waiting.error == nil)
        #expect(try WireJSON.read(FutureState.self, #"{"error":"no such model","category":"user"}"#).error == "no such model")
        let result = try WireJSON.read(FutureState.self, #"{"path":"tinker://m/weights/a","type":"save_weights"}"#)
        #expect(result.type == "save_weights" && result.error == nil)
    }

    @Test(
        "what a service says of a refusal is found",
        arguments: [
            (#"{"detail":"Model not found"}"#, "Model not found"), (#"{"error":"bad"}"#, "bad"), (#"{"message":"slow down"}"#, "slow down"),
            (#"{"detail":[{"loc":["body","data",0,"x"],"msg":"Field required","type":"missing"}]}"#, "body.data.0.x: Field required"),
        ])
    func refusals(text: String, said: String) throws {
        #expect(try WireJSON.read(Refusal.self, text).text == said)
    }
}
