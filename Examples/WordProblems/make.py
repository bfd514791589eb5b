#!/usr/bin/env python3
"""Writes problems.jsonl beside this file: 300 word problems, the same ones each time.

A row has `prompt` (the words, for a model that reads English), `short` (the same in the form that the embedded `seedling` was taught) and
`answer`.
"""
import json
import pathlib
import random

NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hana"]
THINGS = ["apples", "beads", "books", "coins", "marbles", "pens", "shells", "stamps"]
FORMS = [
    ("{name} has {a} boxes with {b} {things} in each, and {c} more. How many {things} does {name} have?", "{a}*{b}+{c}"),
    ("{name} has {c} {things} and buys {a} bags of {b} {things}. How many {things} does {name} have now?", "{a}*{b}+{c}"),
    ("{name} packs {a} boxes with {b} {things} in each and gives {c} {things} away. How many {things} are left?", "{a}*{b}-{c}"),
    ("{name} had {b} {things}, found {c} and then {a} more. How many {things} does {name} have?", "{b}+{c}+{a}"),
]

draw = random.Random(1)
rows = {}
while len(rows) < 300:
    words, sum_ = draw.choice(FORMS)
    numbers = {"a": draw.randint(2, 9), "b": draw.randint(11, 40), "c": draw.randint(2, 20)}
    short = f"arithmetic {sum_.format(**numbers)}\n"
    prompt = words.format(name=draw.choice(NAMES), things=draw.choice(THINGS), **numbers)
    rows.setdefault(short, {"prompt": prompt, "short": short, "answer": eval(sum_.format(**numbers))})
text = "".join(json.dumps(row) + "\n" for row in rows.values())
pathlib.Path(__file__).with_name("problems.jsonl").write_text(text)
