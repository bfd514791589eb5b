"""What a process and its descendants hold, read once a second from /proc."""
import os
import time

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


class Sample:
    """One look: seconds since the start, bytes of memory, descriptors, threads, descendants, CPU seconds, bytes on disk."""

    def __init__(self, began, pid, folder):
        self.time = time.monotonic() - began
        self.memory = self.descriptors = self.threads = 0
        self.cpu = 0.0
        family = descendants(pid)
        self.children = len(family) - 1
        self.family = set()  # (pid, start), which no other process shares
        for member in family:
            fields = stat(member)
            if fields is None:
                continue
            self.family.add((member, fields[19]))
            self.cpu += (int(fields[11]) + int(fields[12])) / TICK
            self.threads += int(fields[17])
            self.memory += int(fields[21]) * PAGE
            try:
                self.descriptors += len(os.listdir(f"/proc/{member}/fd"))
            except OSError:
                pass  # it ended just now
        self.disk = 0
        for place, _, names in os.walk(folder):
            for name in names:
                try:
                    self.disk += os.lstat(os.path.join(place, name)).st_blocks * 512
                except OSError:
                    pass  # renamed or removed just now


def stat(pid):
    """The fields after the name, or None where the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def descendants(pid):
    """A process and all below it, zombies too."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = stat(name)
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(name))
    family, waiting = [], [pid]
    while waiting:
        family.append(waiting.pop())
        waiting += parents.get(family[-1], [])
    return family


def survivors(samples):
    """Processes of a command's family that were seen and are still there, whatever session they are in."""
    seen = set().union(*(sample.family for sample in samples))
    return [pid for pid, start in seen if (fields := stat(pid)) and fields[19] == start and fields[0] != "Z"]


def watch(running, folder, seconds, interval=1.0, events=None):
    """Samples a running command for so long, or until it has told so many events, or ends."""
    samples = []
    while (time.monotonic() - running.began < seconds and running.process.poll() is None
           and (events is None or len(running.events) < events)):
        samples.append(Sample(running.began, running.process.pid, folder))
        if not running.sleeps(len(samples) * interval - (time.monotonic() - running.began)):
            break
    return samples
