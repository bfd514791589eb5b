"""Exports of the program as TRL meets them.

usage: trl_client.py AUTODIDACT MODELS FOLDER

Runs are made in FOLDER by the program AUTODIDACT: on `seedling`, which is asked in plain text, and on a copy of it with the marks and the
template of ChatML, which is asked in turns; there a recipe of two attempts gives episodes of several turns.
"""
import json
import pathlib
import subprocess
import sys

import torch
from datasets import load_dataset
from huggingface_hub import ModelCard
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

autodidact, models, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
torch.set_num_threads(1)
torch.manual_seed(0)

COLUMNS = {
    "sft": ["completion", "prompt"],
    "messages": ["messages"],
    "preference": ["chosen", "prompt", "rejected"],
    "kto": ["completion", "label", "prompt"],
}
CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
# Right is what has an even length: so that a model that knows nothing is both right and wrong.
CHECK = """#!/usr/bin/env python3
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], "correct": len(request["response"]) % 2 == 0}), flush=True)
"""


def call(*words):
    """What the program says as JSON."""
    done = subprocess.run([autodidact, *map(str, words), "--json"], capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"error: autodidact {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr[-600:]}")
    return json.loads(done.stdout)


def chat_model(place):
    """The base model with two more tokens and a template that uses them."""
    source = pathlib.Path(models) / "seedling"
    tokenizer = AutoTokenizer.from_pretrained(source)
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>", "<|im_end|>"]})
    tokenizer.chat_template = CHATML
    model = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    model.save_pretrained(place)
    tokenizer.save_pretrained(place)


def load(file):
    return load_dataset("json", data_files=str(file), split="train", cache_dir=str(folder / "cache"))


def exported(store, form):
    """The rows of the last run in a form, held against the form's columns and against their provenance."""
    file = folder / f"{store}-{form}.jsonl"
    said = call("export", "last", "--store", store, "--models", models, "--episodes", file, "--form", form)
    rows, origins = load(file), load(said["provenance"])
    assert sorted(rows.column_names) == COLUMNS[form], f"{store} {form}: columns {rows.column_names}"
    assert len(rows) == len(origins) == said["count"] > 0, f"{store} {form}: {len(rows)} rows, {len(origins)} origins, {said}"
    assert said["heldOut"] == 0 and said["unscorable"] == 0, f"{store} {form}: {said}"
    isText = isinstance(rows[0].get("prompt"), str)
    assert form == "messages" or isText != said["conversational"], f"{store} {form}: {rows[0]}"
    return rows


def step(name, trainer):
    """Takes one step; the loss must be a number and the weights must move."""
    before = {key: value.detach().clone() for key, value in trainer.model.named_parameters()}
    loss = trainer.train().training_loss
    moved = sum(not torch.equal(before[key], value) for key, value in trainer.model.named_parameters())
    assert loss == loss and abs(loss) < 1e4 and moved > 0, f"{name}: loss {loss}, {moved} parameters moved"
    print(f"{name}: {len(trainer.train_dataset)} rows, loss {loss:.4f}")


def settings(name):
    return dict(
        output_dir=str(folder / "trainer" / name), max_steps=1, per_device_train_batch_size=4, learning_rate=1e-4, use_cpu=True, bf16=False,
        report_to=[], save_strategy="no", disable_tqdm=True, gradient_checkpointing=False,
    )


def train(name, model, kind, rows):
    trainer, config = {
        "sft": (SFTTrainer, SFTConfig), "messages": (SFTTrainer, SFTConfig), "preference": (DPOTrainer, DPOConfig),
        "kto": (KTOTrainer, KTOConfig),
    }[kind]
    made = trainer(
        model=AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32), args=config(**settings(name)),
        train_dataset=rows.select(range(min(32, len(rows)))) if kind != "kto" else both(rows),
        processing_class=AutoTokenizer.from_pretrained(model))
    if kind == "sft":
        said = rows[0]["completion"] if isinstance(rows[0]["completion"], str) else rows[0]["completion"][0]["content"]
        trained = [token for token in made.train_dataset[0]["labels"] if token != -100]
        text = made.processing_class.decode(trained, skip_special_tokens=True)
        assert text.strip() == said.strip(), f"{name}: trained is {text!r}, the completion {said!r}"
    step(name, made)


def both(rows):
    """A few rows of each label."""
    places = [[index for index, label in enumerate(rows["label"]) if label == wanted][:16] for wanted in (True, False)]
    assert all(places), "one label alone teaches KTO nothing"
    return rows.select(sorted(places[0] + places[1]))


def card(store, model):
    """The model card, as the Hub reads it."""
    read = ModelCard.load(str(pathlib.Path(model) / "README.md"))
    data = read.data
    assert data.base_model and data.library_name == "transformers" and "autodidact" in data.tags, data
    results = {result.metric_type: result.metric_value for result in data.eval_results}
    assert set(results) == {"mean@2", "pass@2", "accuracy"} and all(0 <= value <= 1 for value in results.values()), results
    for heading in ("Training", "Data", "Evidence", "Gate", "Limits"):
        assert f"\n## {heading}\n" in read.text, f"{store}: no section {heading}"
    print(f"{store} card: {len(read.text)} characters, base {data.base_model}, {results}")


rows = [
    {"prompt": f"arithmetic {10 + n % 89}+{2 + n // 12}-{1 + n % 9}\n", "answer": 10 + n % 89 + 2 + n // 12 - 1 - n % 9} for n in range(300)
]
(folder / "sums.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
(folder / "check.py").write_text(CHECK)
(folder / "check.py").chmod(0o755)
chat_model(folder / "chat")
small = ["evaluation.samplesPerProblem=2", "gate.confidence=0.6"]
task = ["--task", "sums.jsonl", "--maximum-tokens", "40", "--generations", "1", "--models", models]
expert = ["recipe.problems=60", "recipe.samplesPerProblem=8", *small]
two = ["recipe.steps=2", "recipe.stageOneSteps=1", "recipe.problemsPerStep=8", "recipe.samplesPerProblem=4", *small]

call("run", "expert-iteration", *task, "--verifier", "number", "--store", "plain", "--set", *expert)
call("run", "expert-iteration", *task, "--verifier", "./check.py", "--model", "./chat", "--store", "chat", "--set", *expert)
call("run", "score", *task, "--verifier", "./check.py", "--model", "./chat", "--store", "turns", "--set", *two)

for store, kinds in {
    "plain": ["sft", "preference", "kto"], "chat": ["sft", "messages", "preference", "kto"], "turns": ["sft", "messages", "kto"],
}.items():
    model = call("export", "last", "--store", store, "--models", models, "--model", folder / f"{store}-model")["model"]
    card(store, model)
    for kind in kinds:
        exports = exported(store, kind)
        if store == "turns":
            longest = max(len(row["messages" if kind == "messages" else "prompt"]) for row in exports)
            assert longest == (4 if kind == "messages" else 3), f"{store} {kind}: {longest} messages"
        train(f"{store} {kind}", model, kind, exports)
print("TRL reads every form")
