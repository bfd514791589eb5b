"""One run that is killed again and again, beside the same run left alone."""
import json
import os
import re
import shutil
import signal
import time

from courses import cores_words
from program import lasting
from record import Record
from timeline import Timeline


class Reference:
    """A course's run left alone."""

    def __init__(self, program, course, seed, folder):
        self.store = os.path.join(folder, f"undisturbed-{course.name}-{seed}")
        shutil.rmtree(self.store, ignore_errors=True)
        os.makedirs(folder, exist_ok=True)
        began = time.monotonic()
        running = program.start(course.arguments(seed), self.store)
        outcome = running.ends()
        if outcome.code != 0:
            raise RuntimeError(f"the undisturbed run of {course.name} fails: {outcome}")
        self.timeline = Timeline(running, time.monotonic() - began)
        self.record = Record(self.store)
        self.result = json.loads(outcome.out)


class Hit:
    """One planned kill: after a share of what is left of the run, or of one interval of a phase."""

    def __init__(self, draw, phase=None, late=False):
        self.phase, self.place, self.share = phase, draw.random(), draw.random()
        if late:  # verdicts are given last, just before the event that ends the interval
            self.share = 0.9 + self.share / 10
        self.cores = draw.choice([1, 2, None])

    def aim(self, timeline, committed):
        """Seconds after an event of the undisturbed run (its position; None for the start), or None where the phase is over."""
        left = timeline.after(committed)
        if self.phase is None:
            began = left[0].start if committed is not None else 0.0
            return None, self.share * max(timeline.wall - began, 0.1)
        intervals = [interval for interval in left if interval.phase == self.phase]
        if not intervals:
            return None
        chosen = intervals[int(self.place * len(intervals))]
        return chosen.position, self.share * chosen.seconds


class Case:
    """One run that is killed again and again, then left to finish."""

    def __init__(self, program, course, seed, folder, reference):
        self.program, self.course, self.seed, self.reference = program, course, seed, reference
        self.store = os.path.join(folder, f"killed-{course.name}")
        shutil.rmtree(self.store, ignore_errors=True)
        self.acknowledged = None  # committed generations that were reported; None before the baseline was
        self.phases, self.problems, self.halves, self.logs, self.is_finished = [], [], 0, 0, False

    def words(self, hit):
        if self.acknowledged is None and not self.is_begun:
            return self.course.arguments(self.seed, hit.cores)
        return ["run", "--resume", "last", "--json", "--progress", *cores_words(hit.cores)]

    @property
    def is_begun(self):
        """Whether the store has a database; whether a run is in it only the program says."""
        return os.path.exists(os.path.join(self.store, "runs.sqlite"))

    def kill(self, hit):
        """Starts or resumes the run and kills it; True where the kill came in time."""
        aim = hit.aim(self.reference.timeline, self.acknowledged)
        if aim is None or self.is_finished:
            return False
        running = self._start(hit)
        position, delay = aim
        if position is not None:
            place = self.reference.timeline.position
            running.waits(lambda events: (place([name for _, name in events]) or 0) >= position)
        running.sleeps(delay)
        running.send(signal.SIGKILL)
        outcome = running.ends()
        orphans = lasting(running.orphans)
        if orphans:
            self.problems.append(f"{len(orphans)} processes outlive the kill")
        self._learn(running, outcome)
        if outcome.code == -signal.SIGKILL:
            self.phases.append(self.reference.timeline.phase_of(running.events))
            self._look()
            return True
        self.is_finished = True
        if not has_ended(outcome):
            self.problems.append(f"ends by itself with {outcome}")
        return False

    def _start(self, hit):
        """Resumes, or begins anew where the killed run had committed nothing."""
        running = self.program.start(self.words(hit), self.store)
        if self.acknowledged is None and self.is_begun:
            if not running.waits(lambda events: len(events) > 0):
                outcome = running.ends()
                if not outcome.refuses("no runs yet"):
                    self.problems.append(f"a run that had committed nothing is answered with {outcome}")
                running = self.program.start(self.course.arguments(self.seed, hit.cores), self.store)
        return running

    def _learn(self, running, outcome):
        """Holds what the run says is committed against what was acknowledged."""
        for _, name in running.events:
            resumed = re.match(r"resumed after (\d+)", name)
            committed = re.match(r"generation (\d+) (promoted|rolled)", name)
            if resumed:
                if int(resumed.group(1)) < (self.acknowledged or 0):
                    self.problems.append(f"{name}, but {self.acknowledged} were acknowledged")
                self.acknowledged = int(resumed.group(1))
            elif committed:
                self.acknowledged = int(committed.group(1))
            elif name.startswith("base on"):
                self.acknowledged = self.acknowledged or 0
        if outcome.crashed and outcome.code != -signal.SIGKILL:
            self.problems.append(f"crashes: {outcome}")

    def _look(self):
        """Counts what the kill left in the middle: half-written files, and a log that is not yet in the database."""
        self.halves += any(name.startswith(".") for _, _, names in os.walk(self.store) for name in names)
        log = os.path.join(self.store, "runs.sqlite-wal")
        self.logs += os.path.exists(log) and os.path.getsize(log) > 0

    def finish(self, hit):
        """Lets the run end and compares."""
        if not self.is_finished:
            running = self._start(hit)
            outcome = running.ends()
            self._learn(running, outcome)
            if not has_ended(outcome):
                self.problems.append(f"does not resume: {outcome}")
        try:
            record = Record(self.store)
        except Exception as error:  # whatever it is, this run has no comparable end
            self.problems.append(str(error))
            return
        difference = self.reference.record.difference(record)
        if difference:
            self.problems.append(f"not the undisturbed run's: {difference}")


def has_ended(outcome):
    """Whether a run is over: now, or before its last kill, which then came after the report."""
    return outcome.code == 0 or outcome.refuses("already finished")
