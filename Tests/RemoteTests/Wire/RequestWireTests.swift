import Testing

@testable import Remote

/// Each text is written down from the models that SkyRL-tx 0.3.0 (`tx/tinker/api.py`) and the SDK (`tinker/types`) validate bodies with.
@Suite("Requests on the wire")
struct RequestWireTests {
    @Test("a session is opened and kept")
    func sessions() throws {
        try WireJSON.check(
            CreateSession(tags: ["autodidact"], userMetadata: ["run": "r1"], sdkVersion: "0.25.0"),
            is: #"{"tags":["autodidact"],"user_metadata":{"run":"r1"},"sdk_version":"0.25.0","type":"create_session"}"#)
        try WireJSON.check(SessionHeartbeat(sessionID: "session_1"), is: #"{"session_id":"session_1","type":"session_heartbeat"}"#)
    }

    @Test("an adapter is made and taken off")
    func models() throws {
        try WireJSON.check(
            CreateModel(sessionID: "session_1", modelSeqID: 2, baseModel: "Qwen/Qwen3-0.6B", loraConfig: .init(rank: 8, seed: 7)),
            is: #"""
                {"session_id":"session_1","model_seq_id":2,"base_model":"Qwen/Qwen3-0.6B","lora_config":{"rank":8,"seed":7},
                 "type":"create_model"}
                """#)
        try WireJSON.check(UnloadModel(modelID: "model_1"), is: #"{"model_id":"model_1","type":"unload_model"}"#)
        try WireJSON.check(GetInfo(modelID: "model_1"), is: #"{"model_id":"model_1","type":"get_info"}"#)
    }

    private var datum: Datum {
        Datum(
            modelInput: ModelInput([1, 2]),
            lossInputs: Datum.LossInputs(
                targetTokens: TensorData([2, 3]), weights: nil, logprobs: TensorData([0, -1.5]), advantages: TensorData([0, 0.25])))
    }

    private let datumText = #"""
        {"model_input":{"chunks":[{"tokens":[1,2],"type":"encoded_text"}]},"loss_fn_inputs":{
         "target_tokens":{"data":[2,3],"dtype":"int64","shape":[2]},"logprobs":{"data":[0,-1.5],"dtype":"float32","shape":[2]},
         "advantages":{"data":[0,0.25],"dtype":"float32","shape":[2]}}}
        """#

    @Test("passes carry tokens, and what the loss needs about each")
    func passes() throws {
        let input = PassInput(data: [datum], lossName: .importanceSampling)
        let inputText = #"{"data":[\#(datumText)],"loss_fn":"importance_sampling"}"#
        try WireJSON.check(
            ForwardBackward(modelID: "model_1", input: input, seqID: 3),
            is: #"{"model_id":"model_1","forward_backward_input":\#(inputText),"seq_id":3}"#)
        try WireJSON.check(
            Forward(modelID: "model_1", input: input, seqID: 4), is: #"{"model_id":"model_1","forward_input":\#(inputText),"seq_id":4}"#)
    }

    @Test("a step names every setting of Adam")
    func steps() throws {
        try WireJSON.check(
            OptimStep(
                modelID: "model_1",
                adam: .init(learningRate: 0.5, beta1: 0.75, beta2: 0.875, eps: 0.25, weightDecay: 0, gradClipNorm: 1), seqID: 5),
            is: #"""
                {"model_id":"model_1","adam_params":{"learning_rate":0.5,"beta1":0.75,"beta2":0.875,"eps":0.25,"weight_decay":0,
                 "grad_clip_norm":1},"seq_id":5,"type":"optim_step"}
                """#)
    }

    @Test("weights are saved, loaded and asked for")
    func weights() throws {
        try WireJSON.check(
            SaveWeights(modelID: "model_1", name: "a-1", seqID: 6),
            is: #"{"model_id":"model_1","path":"a-1","seq_id":6,"type":"save_weights"}"#)
        try WireJSON.check(
            SaveWeightsForSampler(modelID: "model_1", name: "a-1", seqID: 7),
            is: #"{"model_id":"model_1","path":"a-1","seq_id":7,"type":"save_weights_for_sampler"}"#)
        try WireJSON.check(
            LoadWeights(modelID: "model_2", path: "tinker://model_1/weights/a-1", optimizer: true, seqID: 1),
            is: #"{"model_id":"model_2","path":"tinker://model_1/weights/a-1","optimizer":true,"seq_id":1,"type":"load_weights"}"#)
        try WireJSON.check(
            WeightsInfo(tinkerPath: "tinker://model_1/weights/a-1"), is: #"{"tinker_path":"tinker://model_1/weights/a-1"}"#)
    }

    @Test("a sampling request leaves nothing to a server's defaults")
    func sampling() throws {
        try WireJSON.check(
            Sample(
                numSamples: 2, prompt: ModelInput([5]),
                params: .init(maxTokens: 8, seed: 3, stop: [0], temperature: 1, topK: -1, topP: 1), modelPath: "tinker://model_1/a-1",
                promptLogprobs: false),
            is: #"""
                {"num_samples":2,"prompt":{"chunks":[{"tokens":[5],"type":"encoded_text"}]},"sampling_params":{"max_tokens":8,"seed":3,
                 "stop":[0],"temperature":1,"top_k":-1,"top_p":1},"model_path":"tinker://model_1/a-1","prompt_logprobs":false,
                 "type":"sample"}
                """#)
    }

    @Test("a result is asked for by its number")
    func futures() throws {
        try WireJSON.check(RetrieveFuture(requestID: "12"), is: #"{"request_id":"12"}"#)
    }
}
