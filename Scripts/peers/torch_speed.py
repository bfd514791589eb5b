"""Speed of PyTorch and transformers on a model directory, as one JSON object.

usage: torch_speed.py train|sample FOLDER THREADS

train: forward, backward and AdamW on 64 sequences of 64 tokens, the median of 7 steps after 3, and the peak of resident memory.
sample: generate() of 64 new tokens after 16, for batches of 64 and 512, the best of 3.
"""
import json
import resource
import sys
import time

import torch
from transformers import AutoModelForCausalLM

work, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
vocabulary = model.config.vocab_size
result = {}


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


if work == "train":
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4)
    tokens = torch.randint(1, vocabulary, (64, 64))

    def step():
        model(input_ids=tokens, labels=tokens).loss.backward()
        optimizer.step()
        optimizer.zero_grad()

    times = [seconds(step) for _ in range(10)][3:]
    result["train_tokens_per_s/64"] = tokens.numel() / sorted(times)[3]
    result["peak_rss_mb/64"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
else:
    model.eval()
    for batch in (64, 512):
        prompt = torch.randint(1, vocabulary, (batch, 16))

        def generate():
            with torch.no_grad():
                model.generate(
                    prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=64, min_new_tokens=64, do_sample=True, top_k=0
                )

        result[f"sample_tokens_per_s/{batch}"] = batch * 64 / min(seconds(generate) for _ in range(3))
print(json.dumps(result))
