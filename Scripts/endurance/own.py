"""A user's own task: a file of sums, judged by a user's own program."""
import itertools
import os
import random

from courses import Course

ROWS = 400  # a tenth of them each for the gate and the sealed evaluation
VERIFIER = '''#!/usr/bin/env python3
import json
import re
import sys

for line in sys.stdin:
    request = json.loads(line)
    last = (re.findall(r"\\d+", request["response"]) or [""])[-1]
    same = sum(one == other for one, other in zip(last, request["answer"]))
    print(json.dumps({"id": request["id"], "score": same / max(len(last), len(request["answer"]))}), flush=True)
'''


def own(folder):
    """A course on that task, whose files lie in this folder: their paths are part of a run's record."""
    os.makedirs(folder, exist_ok=True)
    rows, verifier = os.path.join(folder, "sums.jsonl"), os.path.join(folder, "verifier")
    sums = random.Random("sums").sample(list(itertools.product(range(2, 31), repeat=3)), ROWS)
    with open(rows, "w", encoding="utf-8") as file:
        for terms in sums:
            file.write(f'{{"prompt": "arithmetic {"+".join(map(str, terms))}\\n", "answer": "{sum(terms)}"}}\n')
    with open(verifier, "w", encoding="utf-8") as file:
        file.write(VERIFIER)
    os.chmod(verifier, 0o755)
    return Course("own", 2, ["expert-iteration", "--task", rows, "--verifier", verifier, "--maximum-tokens", "24"],
                  ["recipe.problems=60", "recipe.samplesPerProblem=4", "recipe.sequencesPerStep=16", "recipe.warmUpSteps=1"],
                  ["evaluation.problems=30", "evaluation.samplesPerProblem=2", "evaluation.sealedProblems=20", "gate.confidence=0.51",
                   "gate.greedyLevel=0"])
