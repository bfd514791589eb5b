"""Decoders of transformers, to hold Autodidact's against.

make OUT     writes OUT/models/CASE/: a checkpoint with random weights, and what transformers computes with it.
check OUT    loads what Autodidact saved there after a step of training, and compares logits.
fixture DIR  writes the small committed form of make, without tokenizers and gradients.
"""

import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    AutoModelForCausalLM,
    LlamaConfig,
    MistralConfig,
    Qwen2Config,
    Qwen3Config,
)

TOLERANCE = 1e-3  # of a logit, in fp32
MARGIN = 2e-3  # between the two best tokens of every greedy step, so that rounding cannot change the choice

SIZES = dict(vocab_size=320, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=1024, bos_token_id=0, eos_token_id=0, pad_token_id=0)
LLAMA3 = dict(rope_type="llama3", rope_theta=500000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=64)

# Name: configuration class, what differs from SIZES, and how the checkpoint is stored.
CASES = {
    "qwen3-tied": (Qwen3Config, dict(head_dim=32, tie_word_embeddings=True), {}),
    "qwen3-untied": (Qwen3Config, dict(head_dim=16, num_hidden_layers=3, rope_parameters=dict(rope_type="default", rope_theta=1e6)), {}),
    "qwen3-biased": (Qwen3Config, dict(head_dim=16, attention_bias=True), {}),
    "qwen2": (Qwen2Config, dict(rope_parameters=dict(rope_type="default", rope_theta=1e6), tie_word_embeddings=True), {}),
    "llama2": (LlamaConfig, dict(num_key_value_heads=None, rms_norm_eps=1e-5), {}),
    "llama3": (LlamaConfig, dict(num_hidden_layers=3, rms_norm_eps=1e-5, rope_parameters=LLAMA3), {}),
    "llama3-old-form": (LlamaConfig, dict(rms_norm_eps=1e-5, rope_parameters=LLAMA3), dict(old_form=True)),
    "llama-linear": (LlamaConfig, dict(rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=4.0)), {}),
    "llama-biased": (LlamaConfig, dict(attention_bias=True, mlp_bias=True), {}),
    "mistral": (MistralConfig, dict(sliding_window=None, rms_norm_eps=1e-5, num_hidden_layers=3), {}),
    "mistral-wide-heads": (MistralConfig, dict(sliding_window=None, head_dim=32), {}),
    "smollm": (LlamaConfig, dict(hidden_size=72, num_attention_heads=9, num_key_value_heads=3, tie_word_embeddings=True), {}),
    "bf16": (Qwen2Config, dict(hidden_size=128, tie_word_embeddings=True), dict(dtype=torch.bfloat16)),
    "fp16": (LlamaConfig, dict(num_key_value_heads=1), dict(dtype=torch.float16)),
    "sharded": (Qwen3Config, dict(head_dim=16, tie_word_embeddings=True), dict(shard="60KB", old_form=True)),
}

TINY = dict(vocab_size=48, hidden_size=32, intermediate_size=40, max_position_embeddings=128)
FIXTURES = {
    "qwen2": (Qwen2Config, dict(TINY, tie_word_embeddings=True), dict(dtype=torch.bfloat16)),
    "llama3": (LlamaConfig, dict(TINY, rope_parameters=dict(LLAMA3, original_max_position_embeddings=16)), dict(dtype=torch.bfloat16)),
    "mistral": (MistralConfig, dict(TINY, sliding_window=None, tie_word_embeddings=True), dict(dtype=torch.float16)),
}


def build(config_class, changes, seed):
    """A model whose logits are far from uniform, with biases and gains that matter."""
    config = config_class(**{**SIZES, **changes})
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if name.endswith("bias"):
                parameter.copy_(0.3 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.15 * noise)
    return model


def tokenizer():
    """Every byte a token."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {"<|endoftext|>": 0, **{character: i + 1 for i, character in enumerate(alphabet)}}
    bytewise = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytewise.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytewise.decoder = decoders.ByteLevel()
    bytewise.add_special_tokens(["<|endoftext|>"])
    return bytewise


def store(model, folder, dtype=torch.float32, shard="1GB", old_form=False):
    """Saves the checkpoint; `old_form` rewrites config.json as transformers 4 wrote it."""
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    if old_form:
        path = folder / "config.json"
        config = json.loads(path.read_text())
        rope = config.pop("rope_parameters")
        config["rope_theta"] = rope.pop("rope_theta")
        config["rope_scaling"] = None if rope["rope_type"] == "default" else rope
        config["torch_dtype"] = config.pop("dtype")
        config.pop("layer_types", None)
        path.write_text(json.dumps(config, indent=2))


def load(folder):
    """The model of a folder in fp32; says what is missing or left over."""
    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    wrong = {kind: sorted(map(str, names)) for kind, names in info.items() if names}
    if wrong:
        raise SystemExit(f"models: {folder} does not load cleanly in transformers: {wrong}")
    return model.eval()


def logits_of(model, tokens):
    with torch.no_grad():
        return model(torch.tensor([tokens])).logits[0]


def greedy(model, prompt, count):
    """The most probable continuation, through the cache; None where two tokens are too close to tell apart."""
    tokens, cache, step = [], None, torch.tensor([prompt])
    for _ in range(count):
        with torch.no_grad():
            output = model(step, past_key_values=cache, use_cache=True)
        cache = output.past_key_values
        best = output.logits[0, -1].topk(2)
        if (best.values[0] - best.values[1]).item() < MARGIN:
            return None
        tokens.append(best.indices[0].item())
        step = torch.tensor([[tokens[-1]]])
    return tokens


def gradients(model, batch):
    """The mean cross-entropy of all next tokens of a batch, and its gradient with respect to each parameter."""
    model.zero_grad()
    targets = sum(len(sequence) - 1 for sequence in batch)
    loss = 0.0
    for sequence in batch:
        ids = torch.tensor([sequence])
        scores = model(ids).logits[0, :-1]
        part = torch.nn.functional.cross_entropy(scores, ids[0, 1:], reduction="sum") / targets
        part.backward()
        loss += part.item()
    return loss, {name: parameter.grad.clone() for name, parameter in model.named_parameters()}


def write_case(folder, case, seed, sequence_lengths, batch_lengths, greedy_count):
    config_class, changes, storage = case
    generator = torch.Generator().manual_seed(1000 + seed)
    store(build(config_class, changes, seed), folder, **storage)
    model = load(folder)  # as it is on disk: rounded, in shards

    def draw(count):
        return torch.randint(1, model.config.vocab_size, (count,), generator=generator).tolist()

    sequences = [draw(length) for length in sequence_lengths]
    expected = {f"logits.{i}": logits_of(model, sequence) for i, sequence in enumerate(sequences)}
    facts = dict(sequences=sequences, batch=[draw(length) for length in batch_lengths])
    for attempt in range(200):
        facts["prompt"] = draw(5 + attempt % 7)
        facts["greedy"] = greedy(model, facts["prompt"], greedy_count)
        if facts["greedy"]:
            break
    else:
        raise SystemExit(f"models: {folder.name}: no prompt has a clear greedy continuation; choose other weights")
    if batch_lengths:
        facts["loss"], slopes = gradients(model, facts["batch"])
        expected |= {f"gradient.{name}": slope for name, slope in slopes.items()}
    save_file({name: tensor.contiguous() for name, tensor in expected.items()}, folder / "expected.safetensors")
    (folder / "case.json").write_text(json.dumps(facts) + "\n")


def make(out):
    root = out / "models"
    shutil.rmtree(root, ignore_errors=True)
    bytewise = tokenizer()
    for seed, (name, case) in enumerate(CASES.items()):
        folder = root / name
        # 700 positions are far beyond the 64 that llama3's scaling was given as its origin.
        write_case(folder, case, seed, sequence_lengths=[1, 17, 700], batch_lengths=[2, 9, 33, 64, 120], greedy_count=64)
        bytewise.save(str(folder / "tokenizer.json"))
    print(f"models: wrote {len(CASES)} checkpoints")


def check(out):
    root = out / "models"
    if not root.exists():
        return
    failures = []
    print(f"{'models':18} {'|Δlogit|':>10} {'Δgradient':>10} {'saved':>10}")
    for folder in sorted(root.iterdir()):
        written = folder / "trained"
        if not (written / "config.json").exists() or not (folder / "measured.json").exists():
            failures.append(f"{folder.name}: Autodidact wrote no trained model; did its tests run?")
            continue
        measured = json.loads((folder / "measured.json").read_text())
        model = load(written)
        stated = AutoModelForCausalLM.from_pretrained(written, dtype="auto").dtype
        longest = json.loads((folder / "case.json").read_text())["sequences"][-1]
        found = load_file(folder / "trained-logits.safetensors")["logits"]
        saved = (logits_of(model, longest) - found).abs().max().item()
        print(f"{folder.name:18} {measured['logits']:10.1e} {measured['gradient']:10.1e} {saved:10.1e}")
        before, after = (json.loads((path / "config.json").read_text()) for path in (folder, written))
        if not saved < TOLERANCE:
            failures.append(f"{folder.name}: logits of what Autodidact saved differ by {saved:.2e}, more than {TOLERANCE}")
        if str(stated) != "torch." + measured["format"]:
            failures.append(f"{folder.name}: config.json says {stated}, the weights are {measured['format']}")
        if (before["model_type"], before["architectures"]) != (after["model_type"], after["architectures"]):
            failures.append(f"{folder.name}: config.json names another architecture than before: {after['architectures']}")
    for failure in failures:
        print(f"FAILED models: {failure}", file=sys.stderr)
    if failures:
        raise SystemExit(1)


def fixture(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for seed, (name, case) in enumerate(FIXTURES.items()):
        write_case(folder / name, case, 100 + seed, sequence_lengths=[40], batch_lengths=[], greedy_count=24)
        (folder / name / "generation_config.json").unlink(missing_ok=True)


if __name__ == "__main__":
    actions = dict(make=make, check=check, fixture=fixture)
    if len(sys.argv) != 3 or sys.argv[1] not in actions:
        raise SystemExit(f"usage: {sys.argv[0]} make|check OUT, or fixture DIR")
    torch.set_num_threads(1)
    actions[sys.argv[1]](pathlib.Path(sys.argv[2]))
