"""The events of an undisturbed run as intervals, each with the phase that the run is in until the event that ends it."""
import re

PHASES = ["opening and baseline", "baseline commit", "sampling and verification", "training", "evaluation", "gate and commit",
          "sealed evaluation", "closing commit", "report"]
RESUMING = "reading what is committed"


class Interval:
    """From one event to the next."""

    def __init__(self, phase, generation, start, end, position):
        self.phase, self.generation, self.start, self.end, self.position = phase, generation, start, end, position

    @property
    def seconds(self):
        return self.end - self.start


class Timeline:
    """What an undisturbed run said, and when."""

    def __init__(self, running, wall):
        self.events = running.events
        self.wall = wall
        names = [name for _, name in self.events]
        self.last = max(int(name.split()[1]) for name in names if re.match(r"generation \d+ of", name))
        self.intervals, generation, before = [], 0, 0.0
        for position, (time, name) in enumerate(self.events):
            started = re.match(r"generation (\d+) of", name)
            if started:
                generation = int(started.group(1))
            else:
                is_over = generation == self.last and any(ends_generation(name, generation) for name in names[:position])
                self.intervals.append(Interval(phase(name, generation, is_over), generation, before, time, position))
            before = time
        self.intervals.append(Interval("report", self.last + 1, before, wall, len(self.events)))
        for interval in self.intervals:
            if interval.phase in ("sealed evaluation", "closing commit"):
                interval.generation = self.last + 1

    def after(self, committed):
        """The intervals that a run has still before it when so many generations are committed; None where nothing is."""
        return [interval for interval in self.intervals if committed is None or interval.generation > committed]

    def phase_of(self, events):
        """Where a killed run was, from what it had said."""
        names = [name for _, name in events]
        place = self.position(names)
        if place is None:
            return RESUMING if not names or names[-1].startswith("resumed") else "unknown"
        return next((interval.phase for interval in self.intervals if interval.position >= place), "report")

    def position(self, names):
        """Which of the undisturbed run's events comes next; None for a resumed run that has not come to any of them."""
        undisturbed = [name for _, name in self.events]
        for back, name in enumerate(reversed(names)):
            if re.match(r"generation \d+ (of|promoted|rolled)", name) or name.startswith(("base on", "finished")):
                return undisturbed.index(name) + back + 1 if name in undisturbed else None
            if name.startswith("resumed after"):
                return None if back == 0 else self.sealing() + back
        return len(names)

    def sealing(self):
        """The position of the first event after the last generation."""
        return 1 + max(place for place, (_, name) in enumerate(self.events) if ends_generation(name, self.last))


def ends_generation(name, generation):
    return name.startswith((f"generation {generation} promoted", f"generation {generation} rolled"))


def phase(name, generation, is_over):
    """The phase that an event ends."""
    if name.startswith("base on"):
        return "baseline commit"
    if name.startswith("finished"):
        return "closing commit"
    if name.startswith("generation"):
        return "gate and commit"
    if name.startswith("progress sample"):
        return "sampling and verification"
    if name.startswith("progress train"):
        return "training"
    if generation == 0:
        return "opening and baseline"
    return "sealed evaluation" if is_over else "evaluation"
