"""Whole runs back to back, of several kinds in turn: what each takes is held against the others of its kind."""
import collections
import os
import sqlite3
import time

from courses import course
from health import COUNT, MEGABYTE
from own import own
from program import lasting
from record import faults
from sampler import survivors, watch
from slope import Slope

LEAST = 2  # rounds, however long they take
SHARE = 0.05  # of the mean, the most by which a figure may grow from the first run to the last, or one where that is more


class Rounds:
    """Plain runs, runs of programs in sandboxes, with a user's own verifier, and with a server of metrics."""

    def __init__(self, program, checks, store, folder):
        self.program, self.checks, self.store = program, checks, store
        plain = course("pool")
        self.courses = [plain, course("python"), own(folder), plain.also("metrics", "--metrics", "0")]
        self.most = collections.defaultdict(list)  # of each run: its kind and the most of each figure
        self.disks, self.left, self.fault = [], [], None

    def run(self, seed, seconds):
        """As many rounds as begin in so long."""
        began = time.monotonic()
        while (time.monotonic() - began < seconds or len(self.disks) < LEAST * len(self.courses)) and self.fault is None:
            for chosen in self.courses:
                self.one(chosen, seed + len(self.disks))
        self.checks.check("runs", f"{len(self.disks)} runs back to back end well: {', '.join(kind.name for kind in self.courses)} in turn",
                          self.fault)
        self.checks.check("runs", "no child outlives its run", f"{len(self.left)} do, after {self.left[0]}" if self.left else None)
        self.judge()

    def one(self, chosen, seed):
        """A run to its end; the first fault ends the rounds."""
        if self.fault is not None:
            return
        running = self.program.start(chosen.arguments(seed), self.store)
        samples = watch(running, self.store, 600, 0.1)
        outcome = running.ends()
        self.left += [f"'{chosen.name}' with seed {seed}"] * len(lasting(lambda: {*survivors(samples), *running.orphans()}))
        if outcome.code or not samples:
            self.fault = f"'{chosen.name}' with seed {seed}: {outcome}"
            return
        for name in ("memory", "descriptors", "threads", "children"):
            self.most[name].append((chosen.name, max(getattr(sample, name) for sample in samples)))
        self.disks.append(samples[-1].disk)

    def judge(self):
        """Growth from run to run; kinds differ, so that each run counts as its distance from its kind's mean."""
        if self.fault is not None:
            return
        for name, runs in self.most.items():
            kinds = {kind: [value for other, value in runs if other == kind] for kind, _ in runs}
            slope = Slope(list(range(len(runs))), [value - sum(kinds[kind]) / len(kinds[kind]) for kind, value in runs])
            bound = max(COUNT, SHARE * sum(value for _, value in runs) / len(runs))
            unit = MEGABYTE if name == "memory" else 1
            figures = ", ".join(f"{kind} {min(values) / unit:.0f} to {max(values) / unit:.0f}" for kind, values in kinds.items())
            self.checks.check("runs", f"most {name} of a run{' (MiB)' if name == 'memory' else ''}: {figures}; change over all "
                              f"{slope.change / unit:+.1f} [{slope.low / unit:.1f}, {slope.high / unit:.1f}]",
                              "it grows from run to run" if slope.low > bound else None)
        each = (self.disks[-1] - self.disks[0]) / max(1, len(self.disks) - 1) / MEGABYTE
        base = sqlite3.connect(os.path.join(self.store, "runs.sqlite"))
        known = {name for (name,) in base.execute("SELECT hash FROM artifact")}
        base.close()
        wrong = [fault for fault in faults(self.store, known) if fault != "no report"]
        self.checks.check("runs", f"a finished run keeps {each:.1f} MiB; nothing but what runs refer to lies in the store",
                          "; ".join(wrong[:3]))
