"""Tokens a second that llama.cpp samples from the same weights in fp32, keys and values in fp32 too, as one JSON object.

usage: llama_speed.py FOLDER THREADS

64 new tokens after 16 for 1 and for 32 sequences, each drawn by llama.cpp's own sampler; the best of 3.
"""
import ctypes
import json
import os
import sys
import tempfile
import time

import gguf
import llama_cpp
import numpy
from safetensors.numpy import load_file

folder, threads = sys.argv[1], int(sys.argv[2])
NAMES = {
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def convert(target):
    """The model directory as a GGUF file."""
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    with open(os.path.join(folder, "tokenizer.json")) as file:
        vocabulary = json.load(file)["model"]["vocab"]
    writer = gguf.GGUFWriter(target, "qwen3")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config.get("rope_theta") or config["rope_parameters"]["rope_theta"])
    writer.add_vocab_size(config["vocab_size"])
    tokens = sorted(vocabulary, key=vocabulary.get)
    tokens += [f"<unused {i}>" for i in range(config["vocab_size"] - len(tokens))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.NORMAL] * len(tokens))
    writer.add_token_merges([f"{tokens[1]} {tokens[2]}"])
    for name, values in load_file(os.path.join(folder, "model.safetensors")).items():
        name = name.removeprefix("model.").removesuffix(".weight")
        if name.startswith("layers."):
            _, block, part = name.split(".", 2)
            name = f"blk.{block}.{NAMES[part]}"
        else:
            name = {"embed_tokens": "token_embd", "norm": "output_norm", "lm_head": "output"}[name]
        writer.add_tensor(f"{name}.weight", values.astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def speed(model, vocabulary, sequences):
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = 96 * sequences
    parameters.n_batch = parameters.n_ubatch = max(32, 16 * sequences)
    parameters.n_seq_max = sequences
    parameters.n_threads = parameters.n_threads_batch = threads
    parameters.type_k = parameters.type_v = 0  # GGML_TYPE_F32
    parameters.no_perf = True
    best = float("inf")
    for _ in range(3):
        context = llama_cpp.llama_init_from_model(model, parameters)
        sampler = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        llama_cpp.llama_sampler_chain_add(sampler, llama_cpp.llama_sampler_init_dist(1))
        batch = llama_cpp.llama_batch_init(16 * sequences, 0, 1)
        generator = numpy.random.default_rng(0)
        prompts = generator.integers(1, vocabulary, (sequences, 16))

        def decode(rows):
            batch.n_tokens = len(rows)
            for i, (token, position, sequence, wanted) in enumerate(rows):
                batch.token[i], batch.pos[i], batch.n_seq_id[i] = int(token), position, 1
                batch.seq_id[i][0] = sequence
                batch.logits[i] = wanted
            assert llama_cpp.llama_decode(context, batch) == 0

        start = time.perf_counter()
        decode([(prompts[s, i], i, s, int(i == 15)) for s in range(sequences) for i in range(16)])
        last = [llama_cpp.llama_sampler_sample(sampler, context, 16 * s + 15) for s in range(sequences)]
        for step in range(63):
            decode([(last[s], 16 + step, s, 1) for s in range(sequences)])
            last = [llama_cpp.llama_sampler_sample(sampler, context, s) for s in range(sequences)]
        best = min(best, time.perf_counter() - start)
        llama_cpp.llama_batch_free(batch)
        llama_cpp.llama_sampler_free(sampler)
        llama_cpp.llama_free(context)
    return sequences * 64 / best


# Kept by name: a callback that is collected would be called all the same.
quiet = llama_cpp.llama_log_callback(lambda *_: None)
llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
llama_cpp.llama_backend_init()
with tempfile.TemporaryDirectory() as scratch:
    path = os.path.join(scratch, "model.gguf")
    convert(path)
    model = llama_cpp.llama_model_load_from_file(path.encode(), llama_cpp.llama_model_default_params())
    vocabulary = 320
    print(json.dumps({f"sample_tokens_per_s/{n}": speed(model, vocabulary, n) for n in (1, 32)}))
    llama_cpp.llama_model_free(model)
