"""What a long run must keep flat, each with its bound, judged over the second half of the samples."""
import bisect
import re

from slope import Slope

MEGABYTE = 1 << 20
MEMORY = 4 * MEGABYTE  # the most that memory may grow in the second half, or this share of its mean where that is more
MEMORY_SHARE = 0.02
COUNT = 1.0  # the most that descriptors, threads and children may grow
SPEED = -0.05  # the most that the tokens of a CPU second may change
DISK = 1.3  # the most that a generation of the second half may take of the disk, beside one of the first half's later part
# The most by which a generation of the default shape may need more memory than the second one: more than twice what a run known to be
# healthy took at the peak of one commit (3.3 %, 334 to 345 MiB), and well below the growth that once went unnoticed (13 %, 914 to 1033).
PEAK = 0.08
LOG = 8 * MEGABYTE  # what the database's log may take besides
BOUNDS = (f"memory may grow by {MEMORY // MEGABYTE} MiB or {MEMORY_SHARE:.0%}, descriptors, threads and children by at most "
          f"{COUNT:.0f}, tokens of a CPU second may fall by {-SPEED:.0%}, a generation may take {DISK} times the disk, besides a log of "
          f"{LOG // MEGABYTE} MiB; each judged by the end of the 95 % interval that speaks for health. A generation of the default run "
          f"may need {PEAK:.0%} more memory than its second")


class Generations:
    """When generations ended, with the tokens of each."""

    def __init__(self, events, tokens):
        """`tokens(number)`: those of a committed generation."""
        self.ends = [(time, int(found.group(1))) for time, name in events
                     if (found := re.match(r"generation (\d+) (?:promoted|rolled)", name))]
        self.tokens = [tokens(number) for _, number in self.ends]
        self.times = [time for time, _ in self.ends]


def judged(samples, generations, log=LOG):
    """Pairs of a sentence with figures, and what is wrong or None."""
    if not samples or not generations.ends:
        return [("figures of the run", "it ended before its first generation")]
    half = samples[len(samples) // 2:]
    times = [sample.time for sample in half]
    judgements = [lambda: memory(times, [sample.memory for sample in half])]
    for name in ("descriptors", "threads", "children"):
        judgements.append(lambda name=name: count(name, times, [getattr(sample, name) for sample in half]))
    judgements += [lambda: speed(samples, generations), lambda: disk(samples, generations, log)]
    lines = []
    for judgement in judgements:
        try:
            lines.append(judgement())
        except ValueError as error:
            lines.append(("a figure of the run", str(error)))
    return lines


def memory(times, values):
    slope = Slope.blocked(times, values)
    bound = max(MEMORY, MEMORY_SHARE * slope.mean)
    text = (f"memory {slope.mean / MEGABYTE:.1f} MiB, most {max(values) / MEGABYTE:.1f}, change {slope.change / MEGABYTE:+.2f} "
            f"[{slope.low / MEGABYTE:.2f}, {slope.high / MEGABYTE:.2f}] MiB")
    return text, "it grows" if slope.low > bound else None


def peaks(samples, ends):
    """The most memory in each generation, by when they ended."""
    begins = [0.0, *ends[:-1]]
    found = [[sample.memory for sample in samples if begin <= sample.time < end] for begin, end in zip(begins, ends)]
    return [max(values) for values in found if values]


def growth(most):
    """A sentence on the most memory of each generation, and what is wrong: the first may still fill what the others reuse."""
    text = f"most memory of a generation {', '.join(f'{value / MEGABYTE:.0f}' for value in most)} MiB"
    return text, "it grows" if max(most[1:]) > (1 + PEAK) * most[1] else None


def count(name, times, values):
    slope = Slope.blocked(times, values)
    return (f"{name} {min(values)} to {max(values)}, change {slope.change:+.2f} [{slope.low:.2f}, {slope.high:.2f}]",
            "they grow" if slope.low > COUNT else None)


def at(samples, time, name):
    """A figure at any moment, on the line between the samples around it."""
    place = bisect.bisect([sample.time for sample in samples], time)
    before, after = samples[max(0, place - 1)], samples[min(place, len(samples) - 1)]
    if before is after:
        return getattr(before, name)
    share = (time - before.time) / (after.time - before.time)
    return getattr(before, name) + share * (getattr(after, name) - getattr(before, name))


def speed(samples, generations):
    """Tokens of a CPU second, since other programs take wall time away but not CPU time."""
    ends, tokens = generations.times, generations.tokens
    first = max(1, bisect.bisect(ends, samples[len(samples) // 2].time))
    speeds = [tokens[i] / max(1e-3, at(samples, ends[i], "cpu") - at(samples, ends[i - 1], "cpu")) for i in range(first, len(ends))]
    slope = Slope.blocked(ends[first:], speeds)
    wall = sum(tokens[first:]) / (ends[-1] - ends[first - 1])
    text = (f"{slope.mean:,.0f} tokens a CPU second ({wall:,.0f} a second), change {slope.change / slope.mean:+.1%} "
            f"[{slope.low / slope.mean:.1%}, {slope.high / slope.mean:.1%}], {len(speeds)} generations")
    return text, "it falls" if slope.high / slope.mean < SPEED else None


def disk(samples, generations, log):
    """Bytes of a generation: the second half beside the second quarter."""
    def between(begin, end):
        first, last = (bisect.bisect(generations.times, samples[place].time) for place in (begin, end))
        return max(1, last - first), (samples[end].disk - samples[begin].disk) / max(1, last - first)
    quarter, middle, last = len(samples) // 4, len(samples) // 2, len(samples) - 1
    (_, early), (count_, late) = between(quarter, middle), between(middle, last)
    text = f"disk {samples[-1].disk / MEGABYTE:.1f} MiB, a generation takes {late / 1024:.1f} KiB, before {early / 1024:.1f} KiB"
    return text, "it takes ever more" if late > DISK * max(early, 16 * 1024) + log / count_ else None
