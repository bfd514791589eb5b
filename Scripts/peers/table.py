"""The Markdown table of a comparison: one line for each kind of work and model.

usage: table.py RESULTS.jsonl

Each line of the input: {"model": …, "side": "ours" or a peer's name, "values": {name/batch: value}}; rounds follow each other.
"""
import json
import statistics
import sys

WORK = [
    ("grpo_step_s/256", "GRPO step, 256 completions of 48 tokens", "TRL", "s"),
    ("train_tokens_per_s/64", "training, 64 × 64 tokens", "PyTorch", "tokens/s"),
    ("sample_tokens_per_s/64", "sampling, batch 64", "transformers", "tokens/s"),
    ("sample_tokens_per_s/512", "sampling, batch 512", "transformers", "tokens/s"),
    ("sample_tokens_per_s/1", "sampling, batch 1", "llama.cpp", "tokens/s"),
    ("sample_tokens_per_s/32", "sampling, batch 32", "llama.cpp", "tokens/s"),
    ("peak_rss_mb/64", "peak memory of training, 64 × 64 tokens", "PyTorch", "MB"),
    ("peak_rss_mb/256", "peak memory of GRPO, 256 completions", "TRL", "MB"),
]


def text(value, unit):
    if unit == "s":
        return f"{value:.2f}"
    return f"{float(f'{value:.3g}'):,.0f}"


runs = [json.loads(line) for line in open(sys.argv[1])]
models = list(dict.fromkeys(run["model"] for run in runs))
print("| work | model | Autodidact | peer | | ratio |")
print("|---|---|---|---|---|---|")
for key, name, peer, unit in WORK:
    for model in models:
        ours = [run["values"][key] for run in runs if run["model"] == model and run["side"] == "ours" and key in run["values"]]
        theirs = [run["values"][key] for run in runs if run["model"] == model and run["side"] == peer and key in run["values"]]
        if not ours or not theirs:
            continue
        # Less is better for seconds and memory; rounds are paired, so the spread of ratios says how far to trust them.
        pairs = [b / a if unit in ("s", "MB") else a / b for a, b in zip(ours, theirs)]
        spread = f" ({min(pairs):.1f} to {max(pairs):.1f})" if len(pairs) > 1 else ""
        print(
            f"| {name} | {model} | {text(statistics.median(ours), unit)} {unit} | {text(statistics.median(theirs), unit)} {unit} "
            f"| {peer} | {statistics.median(pairs):.1f} ×{spread} |"
        )
    sys.stdout.flush()
