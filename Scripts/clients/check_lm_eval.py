"""lm_eval's local-completions against the server: a generation task and a loglikelihood task over a small file made on the spot."""

import json
import sys
import tempfile
from pathlib import Path

import lm_eval
from lm_eval.tasks import TaskManager

from served import check, serving

import urllib.request

ROWS = [(a, b) for a in range(2, 14, 3) for b in range(5, 30, 7)]


def tasks(folder):
    """Two tasks over one file of sums; gives their names."""
    rows = [{"question": f"{a} + {b} =", "answer": f" {a + b}", "choices": [f" {a + b + k}" for k in range(4)], "label": 0} for a, b in ROWS]
    data = Path(folder) / "sums.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    source = f"dataset_path: json\ndataset_kwargs:\n  data_files:\n    test: {data}\ntest_split: test\nmetadata:\n  version: 1\n"
    (Path(folder) / "generated.yaml").write_text(
        "task: own_generated\noutput_type: generate_until\ndoc_to_text: '{{question}}'\ndoc_to_target: '{{answer}}'\n" + source
        + 'generation_kwargs:\n  until: ["\\n"]\n  max_gen_toks: 8\n  temperature: 0\nmetric_list:\n  - metric: exact_match\n')
    (Path(folder) / "scored.yaml").write_text(
        "task: own_scored\noutput_type: multiple_choice\ndoc_to_text: '{{question}}'\ndoc_to_target: label\ndoc_to_choice: choices\n"
        "target_delimiter: ''\n" + source + "metric_list:\n  - metric: acc\n")
    return ["own_generated", "own_scored"]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["choices"][0]


def main(program, model):
    with tempfile.TemporaryDirectory() as folder, serving(program, model) as server:
        names = tasks(folder)
        url = server.url + "/completions"
        samples = None
        for concurrency, batch in [(1, 1), (1, 4), (16, 1)]:
            results = lm_eval.simple_evaluate(
                model="local-completions",
                model_args={
                    "model": "model", "base_url": url, "tokenizer": str(Path(model).resolve()), "max_length": 256,
                    "num_concurrent": concurrency, "max_retries": 3,
                },
                batch_size=batch, tasks=names, task_manager=TaskManager(include_path=folder, include_defaults=False), log_samples=True,
                bootstrap_iters=0)
            said = {name: [sample["resps"] for sample in results["samples"][name]] for name in names}
            check(samples is None or said == samples, f"with {concurrency} at a time, {batch} together, lm_eval gets other answers")
            samples = said
        # Held against what the server says when it is asked directly.
        from transformers import AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(model)
        for index, (a, b) in enumerate(ROWS):
            question = f"{a} + {b} ="
            greedy = post(url, {"model": "model", "prompt": question, "max_tokens": 8, "temperature": 0, "stop": ["\n"]})["text"]
            check(samples["own_generated"][index][0][0] == greedy, f"{question}: {samples['own_generated'][index]}, not {greedy!r}")
            for choice, answer in enumerate(samples["own_scored"][index]):
                loglikelihood, isGreedy = answer[0]
                ids = tokenizer.encode(f"{question} {a + b + choice}", add_special_tokens=False)
                start = len(tokenizer.encode(question, add_special_tokens=False))
                # One token at a time, each as the last of a prompt.
                total = 0.0
                for end in range(start + 1, len(ids) + 1):
                    echo = post(url, {"model": "model", "prompt": ids[:end], "max_tokens": 0, "echo": True, "logprobs": 1, "temperature": 0})
                    total += echo["logprobs"]["token_logprobs"][-1]
                check(abs(total - float(loglikelihood)) < 1e-4, f"{question} choice {choice}: {loglikelihood}, not {total}")
        scores = {name: {key: float(value) for key, value in results["results"][name].items() if key.endswith(",none") and "stderr" not in key} for name in names}
        print(f"lm_eval {lm_eval.__version__}, {len(ROWS)} rows, three ways of asking: {scores}")


if __name__ == "__main__":
    main(*sys.argv[1:])
