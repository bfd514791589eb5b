#!/usr/bin/env python3
"""A verifier: the last whole number of a response must be the answer. docs/VERIFIERS.md states the protocol."""
import json
import re
import sys

for line in sys.stdin:
    request = json.loads(line)
    numbers = re.findall(r"-?\d+", request["response"])
    correct = bool(numbers) and numbers[-1] == request["answer"]
    feedback = "" if correct else "another number was expected" if numbers else "there is no number"
    print(json.dumps({"id": request["id"], "correct": correct, "feedback": feedback}), flush=True)
