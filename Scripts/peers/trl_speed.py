"""Seconds of one GRPO step of TRL on a model directory, as one JSON object: 256 completions of at most 48 tokens in groups of 8.

usage: trl_speed.py FOLDER THREADS

The reward counts digits, so that rewards differ within a group; nothing is learnt. The median of 4 steps after 2.
"""
import json
import random
import resource
import sys
import tempfile
import time

import torch
from datasets import Dataset
from transformers import TrainerCallback
from trl import GRPOConfig, GRPOTrainer

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
random.seed(0)


def problem():
    a, b, c = (random.randint(1, 20) for _ in range(3))
    return {"prompt": f"numbers {a} {b} {c} target {a + b - c}\n"}


class Clock(TrainerCallback):
    def __init__(self):
        self.times = []

    def on_step_begin(self, *_, **__):
        self.start = time.perf_counter()

    def on_step_end(self, *_, **__):
        self.times.append(time.perf_counter() - self.start)


lengths = []


def reward(completions, completion_ids, **_):
    lengths.extend(map(len, completion_ids))
    return [sum(letter.isdigit() for letter in completion) / 48 for completion in completions]


clock = Clock()
GRPOTrainer(
    model=folder,
    args=GRPOConfig(
        output_dir=tempfile.mkdtemp(), per_device_train_batch_size=256, num_generations=8, max_completion_length=48, max_steps=6,
        learning_rate=1e-4, beta=0.0, temperature=1.0, report_to=[], use_cpu=True, bf16=False, save_strategy="no",
        gradient_checkpointing=False, disable_tqdm=True, logging_steps=10**6,
    ),
    train_dataset=Dataset.from_list([problem() for _ in range(4000)]),
    reward_funcs=reward,
    callbacks=[clock],
).train()
steady = sorted(clock.times[2:])
print(
    json.dumps(
        {
            "grpo_step_s/256": (steady[1] + steady[2]) / 2,
            "mean_completion_tokens": sum(lengths) / len(lengths),
            "peak_rss_mb/256": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        }
    )
)
