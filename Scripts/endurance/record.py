"""What a store holds of a finished run, without times and names: equal for equal runs, whatever happened on the way."""
import hashlib
import json
import os
import re
import sqlite3

EPISODE = ("generation, ordinal, verdict, score, sampled, stop_reason, member, stream, step, weights, turns, tokens, logprobs, response, "
           "feedback, turn_verdicts")


def digest(value):
    return hashlib.sha256(repr(value).encode()).hexdigest()


class Record:
    """The parts of a run that must be the same bit for bit, each by name."""

    def __init__(self, store):
        base = sqlite3.connect(os.path.join(store, "runs.sqlite"))
        base.text_factory = bytes
        try:
            self._read(base)
        finally:
            base.close()
        self.parts["report"] = report(store)
        self.faults = faults(store, self.artifacts)

    def _read(self, base):
        runs = base.execute("SELECT key, manifest, baseline, summary, figures, base_weights, base_optimizer, incumbent_weights, "
                            "incumbent_optimizer FROM run").fetchall()
        if len(runs) != 1:
            raise ValueError(f"{len(runs)} runs where one is expected")
        key, manifest, baseline, summary, figures, *states = runs[0]
        if summary is None:
            raise ValueError("the run is not finished")
        generations = [json.loads(text) for (text,) in base.execute("SELECT record FROM generation ORDER BY number")]
        episodes = base.execute(
            f"SELECT {EPISODE}, problem.id, problem.task, level, split, prompt, reference FROM episode "
            "JOIN problem ON problem.key = episode.problem WHERE episode.run = ? ORDER BY generation, ordinal", (key,)).fetchall()
        self.weights = states[2].decode()
        self.outcomes = [generation["decision"]["outcome"] for generation in generations]
        self.episodes = len(episodes)
        self.artifacts = {name.decode() for (name,) in base.execute("SELECT hash FROM artifact")}
        self.parts = {
            "weights": self.weights, "states": digest(states), "episodes": digest(episodes),
            "decisions": digest([generation["decision"] for generation in generations]),
            "generations": digest([timeless(generation) for generation in generations]),
            "manifest": digest(timeless(json.loads(manifest))), "baseline": digest(baseline), "figures": digest(figures),
            "summary": digest(timeless(json.loads(summary))), "artifacts": digest(sorted(self.artifacts)),
        }

    def difference(self, other):
        """The parts that another run's record has otherwise, and what is wrong with its files."""
        return ", ".join([name for name in self.parts if self.parts[name] != other.parts[name]] + other.faults)


def timeless(record):
    return {name: value for name, value in sorted(record.items()) if name not in ("seconds", "wallSeconds", "runID", "createdAt")}


def report(store):
    """The report without its time and name; empty where there is none."""
    folder = os.path.join(store, "reports")
    pages = [name for name in os.listdir(folder) if name.endswith(".html")] if os.path.isdir(folder) else []
    if len(pages) != 1:
        return ""
    with open(os.path.join(folder, pages[0]), encoding="utf-8") as file:
        page = file.read()
    page = re.sub(r"\d{8}-\d{6}-", "", page)
    page = re.sub(r"<dd>\d{4}-\d\d-\d\dT[^<]*</dd>", "", page)
    return digest(re.sub(r'<h2>Where the time went</h2>.*?</section>', "", page, flags=re.DOTALL))


def faults(store, known):
    """What a store's files have wrong: damaged, left over, or missing."""
    found, seen = [], set()
    for folder, _, names in os.walk(os.path.join(store, "artifacts")):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() != name:
                    found.append(f"left-over file artifacts/{name[:30]}")
            seen.add(name)
    found += [f"artifact {name[:12]} without a row" for name in sorted(seen - known) if not name.startswith(".")]
    found += [f"artifact {name[:12]} is gone" for name in sorted(known - seen)]
    reports = os.path.join(store, "reports")
    found += [f"left-over file reports/{name}" for name in (os.listdir(reports) if os.path.isdir(reports) else []) if name.startswith(".")]
    if not report(store):
        found.append("no report")
    return found
