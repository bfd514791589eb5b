"""SIGKILL at random instants, until enough were delivered and every phase was hit."""
import collections
import os
import random

from case import Case, Hit, Reference
from courses import COURSES
from own import own
from timeline import PHASES, RESUMING

SEEDS = (1, 2, 3, 5, 8, 13, 21, 34)  # of the runs; each round of courses takes the next one
MOST_TRIES = 8  # aimed kills for a phase that the drawn ones have not hit


class Kills:
    """The whole part: cases until enough kills were delivered, then more for phases that were not hit."""

    def __init__(self, program, checks, seed, folder):
        self.program, self.checks, self.seed, self.folder = program, checks, seed, folder
        self.courses = [*COURSES, own(os.path.join(folder, "own"))]
        self.references, self.hits, self.delivered, self.halves, self.logs = {}, collections.Counter(), 0, 0, 0

    def reference(self, course, seed):
        if (course.name, seed) not in self.references:
            self.references[course.name, seed] = Reference(self.program, course, seed, self.folder)
        return self.references[course.name, seed]

    def case(self, number, phases=(), count=None):
        """One run with its kills, all drawn from the number."""
        draw = random.Random(f"{self.seed}/kill/{number}")
        rounds, place = divmod(number, len(self.courses))
        course, seed = self.courses[place], SEEDS[rounds % len(SEEDS)]
        try:
            reference = self.reference(course, seed)
        except RuntimeError as error:
            self.checks.check("kill", f"case {number}, {course.name}, seed {seed}, left alone", str(error), f" --case {number}")
            return
        case = Case(self.program, course, seed, self.folder, reference)
        planned = count or draw.randrange(2, 8)
        for index in range(planned):
            aimed = phases[index % len(phases)] if phases else draw.choice([None, None, *PHASES])
            self.delivered += case.kill(Hit(draw, aimed, late=aimed == PHASES[2] and draw.random() < 0.5))
        case.finish(Hit(draw))
        self.hits.update(case.phases)
        self.halves += case.halves
        self.logs += case.logs
        what = f"case {number}, {course.name}, seed {seed}: killed {len(case.phases)} times ({', '.join(case.phases) or 'never'})"
        self.checks.check("kill", f"{what}, ends as if left alone ({reference.record.weights[:12]})", "; ".join(case.problems),
                          f" --case {number}")

    def run(self, kills, only=None):
        if only is not None:
            return self.case(only, *self.extra(only))
        self.undisturbed()
        number = 0
        while self.delivered < kills and number < 3 * kills:
            self.case(number)
            number += 1
        self.checks.check("kill", f"{self.delivered} kills of {kills} were delivered", None if self.delivered >= kills else "too few")
        for phase in PHASES:
            tries = 0
            while not self.hits[phase] and tries < MOST_TRIES:
                self.case(*self.addition(PHASES.index(phase), tries))
                tries += 1
            self.checks.check("kill", f"phase '{phase}' was hit", None if self.hits[phase] else "never, although aimed at")
        promoted = sum(reference.record.outcomes.count("promoted") for reference in self.references.values())
        decisions = sum(len(reference.record.outcomes) for reference in self.references.values())
        self.checks.note("kill", f"{self.delivered} kills with the aimed ones; {self.halves} left a half-written file, {self.logs} a log "
                         f"beside the database; the runs left alone promoted {promoted} of {decisions} candidates")
        for phase in [*PHASES, RESUMING, "unknown"]:
            self.checks.note("kill", f"{self.hits[phase]:4d} in {phase}")

    def undisturbed(self):
        """Two runs left alone are equal; else nothing below means anything."""
        for course in self.courses:
            reference = self.reference(course, SEEDS[0])
            again = Reference(self.program, course, SEEDS[0], os.path.join(self.folder, "again"))
            self.checks.check("kill", f"{course.name} left alone twice is the same ({reference.timeline.wall:.1f} s, "
                              f"{', '.join(reference.record.outcomes)})", reference.record.difference(again.record))

    @staticmethod
    def addition(phase, attempt):
        """A case that aims at one phase; its number says which."""
        return 100_000 + 1_000 * phase + attempt, (PHASES[phase],), 1

    @classmethod
    def extra(cls, number):
        return cls.addition((number - 100_000) // 1_000, number % 1_000)[1:] if number >= 100_000 else ()
