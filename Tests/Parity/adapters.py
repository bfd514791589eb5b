"""LoRA adapters: PEFT's on a tiny Qwen3, against Autodidact's, both ways.

usage: adapters.py make OUT | check OUT | fixture FOLDER

make writes OUT/adapters: base and untied (checkpoints), CASE (a PEFT directory each) and CASE.safetensors (tokens, logprobs of every token at
every position, gradients of the mean loss). check holds against PEFT what Autodidact wrote under OUT/adapters/saved: CASE (a PEFT
directory) with CASE.safetensors (its logprobs), and merged (a checkpoint) with merged.safetensors. fixture writes the small files that
are committed.
"""

import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import Qwen3Config, Qwen3ForCausalLM

VOCABULARY = 32
TOLERANCE = 1e-3
CASES = {
    "r4-all": dict(r=4, lora_alpha=8, target_modules="all-linear"),
    "r8-query-value": dict(r=8, lora_alpha=6, target_modules=["q_proj", "v_proj"]),
    "r8-all-stabilised": dict(r=8, lora_alpha=4, target_modules="all-linear", use_rslora=True),
    "r4-feed-forward": dict(r=4, lora_alpha=3, target_modules=["gate_proj", "mlp.down_proj"], lora_dropout=0.1),
    "untied-head": dict(r=4, lora_alpha=6, target_modules=["q_proj", "lm_head"]),
}


def base(name: str = "") -> Qwen3ForCausalLM:
    """The model that a case adapts: with a head of its own where the case's name says so."""
    torch.manual_seed(1)
    config = Qwen3Config(
        vocab_size=VOCABULARY, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=64, tie_word_embeddings=not name.startswith("untied"), bos_token_id=None,
        eos_token_id=0, pad_token_id=0)
    model = Qwen3ForCausalLM(config)
    for name, parameter in model.named_parameters():
        parameter.data.normal_(1.0 if "norm" in name else 0.0, 0.2)
    return model.eval()


def sequences() -> list[list[int]]:
    generator = torch.Generator().manual_seed(2)
    return [torch.randint(VOCABULARY, (length,), generator=generator).tolist() for length in (9, 2, 13)]


def logprobs(model) -> torch.Tensor:
    """Of every token after every prefix, all sequences on top of each other: [positions, vocabulary]."""
    rows = [torch.log_softmax(model(torch.tensor([tokens])).logits[0].float(), -1) for tokens in sequences()]
    return torch.cat(rows)


def loss(model) -> torch.Tensor:
    """Minus the mean logprob of all tokens but each sequence's first."""
    total, count = 0.0, 0
    for tokens in sequences():
        logits = torch.log_softmax(model(torch.tensor([tokens])).logits[0].float(), -1)
        for position, token in enumerate(tokens[1:]):
            total, count = total - logits[position, token], count + 1
    return total / count


def make_case(folder: Path, name: str) -> None:
    torch.manual_seed(len(name))
    model = get_peft_model(base(name), LoraConfig(task_type="CAUSAL_LM", **CASES[name]))
    factors = {key: value for key, value in model.named_parameters() if "lora_" in key}
    for value in factors.values():
        value.data.normal_(0.0, 0.2)
    model.eval()
    model.save_pretrained(folder / name)
    (folder / name / "README.md").unlink()
    with torch.no_grad():
        expected = {"logprobs": logprobs(model)}
    loss(model).backward()
    for key, value in factors.items():
        expected["gradient." + key.replace(".default", "")] = value.grad
    lengths = torch.tensor([float(len(tokens)) for tokens in sequences()])
    tokens = torch.tensor([float(token) for tokens in sequences() for token in tokens])
    save_file({**expected, "lengths": lengths, "tokens": tokens}, folder / f"{name}.safetensors")


def make(folder: Path, cases) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    base().save_pretrained(folder / "base")
    if any(name.startswith("untied") for name in cases):
        base("untied").save_pretrained(folder / "untied")
    for name in cases:
        make_case(folder, name)


def compare(what: str, model, expected: torch.Tensor) -> None:
    with torch.no_grad():
        found = logprobs(model.eval())
    difference = (found - expected).abs().max().item()
    if not difference < TOLERANCE:
        sys.exit(f"adapters: {what}: logprobs differ by {difference:.2e}, allowed {TOLERANCE:.0e}")
    print(f"adapters: {what}: logprobs within {difference:.1e}")


def check(folder: Path) -> None:
    saved = folder / "saved"
    if not saved.is_dir():
        print("adapters: nothing was saved to be checked")
        return
    missing = {*CASES, "ours"} - {path.parent.name for path in saved.glob("*/adapter_config.json")}
    if missing:
        sys.exit(f"adapters: not saved: {', '.join(sorted(missing))}")
    for config in sorted(saved.glob("*/adapter_config.json")):
        name = config.parent.name
        model = PeftModel.from_pretrained(base(name), config.parent)
        expected = load_file(saved / f"{name}.safetensors")["logprobs"]
        if (expected - logprobs(base(name)).detach()).abs().max() < 0.05:
            sys.exit(f"adapters: {name}: the adapter changes nothing")
        compare(f"{name} in PEFT", model, expected)
    merged = saved / "merged"
    if merged.is_dir():
        model = Qwen3ForCausalLM.from_pretrained(merged)
        compare("merged in transformers", model, load_file(saved / "merged.safetensors")["logprobs"])


if __name__ == "__main__":
    verb, out = sys.argv[1], Path(sys.argv[2])
    if verb == "make":
        make(out / "adapters", CASES)
    elif verb == "check":
        check(out / "adapters")
    elif verb == "fixture":
        make(out, ["r4-all", "r8-query-value"])
    else:
        sys.exit(__doc__)
