"""Disks that are full or cannot be written: clear errors, no damage, and the run goes on once there is room."""
import contextlib
import os
import random
import shutil
import signal
import subprocess

from case import Reference
from courses import course
from record import Record

HINT = "no right to mount a tmpfs; as root, or with unshare -rm before the command, it is tried"
SMALL = 5
FREE_KILOBYTES = (0, 64, 320, 500, 540, 580, 620, 660)


class Volume:
    """A small disk in memory; leaves nothing behind."""

    def __init__(self, folder, kilobytes):
        self.folder = folder
        os.makedirs(folder)
        self._mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")

    def _mount(self, *words):
        subprocess.run(["mount", *words, self.folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def remount(self, options):
        self._mount("-o", f"remount,{options}")

    def fill(self, free):
        """Leaves so many KiB."""
        disk = os.statvfs(self.folder)
        with open(os.path.join(self.folder, "filler"), "wb") as filler:
            filler.write(b"\0" * max(0, disk.f_bavail * disk.f_frsize - 1024 * free))

    def empty(self):
        """Makes room."""
        self.remount("size=1g")
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(self.folder, "filler"))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        subprocess.run(["umount", "-l", self.folder], check=False)
        os.rmdir(self.folder)


def volume(folder, kilobytes):
    """A volume, or None where the system allows none."""
    try:
        return Volume(folder, kilobytes)
    except (OSError, subprocess.CalledProcessError):
        with contextlib.suppress(OSError):
            os.rmdir(folder)
        return None


def compare(program, reference, store, arguments):
    """Lets a run go on, from nothing where nothing is committed; what is wrong with its end."""
    outcome = program.call(["run", "--resume", "last", "--json"], store)
    if outcome.refuses("no runs yet") or outcome.refuses("no store"):
        outcome = program.call(arguments, store)
    if outcome.code != 0 and not outcome.refuses("already finished"):
        return str(outcome)
    return reference.record.difference(Record(store))


def full(program, checks, seed, folder, _):
    """Runs on disks of which each ends somewhere else in the run: small ones, and ones that fill up before the run is resumed."""
    os.makedirs(folder)
    mounted = volume(os.path.join(folder, "disk"), 64)
    if mounted is None:
        return checks.skip("full", HINT)
    with mounted:
        pass
    chosen, draw, ran_out = course("pool"), random.Random(f"{seed}/full"), 0
    reference = Reference(program, chosen, seed, folder)
    needed = sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(reference.store) for name in names) // 1024
    killed = os.path.join(folder, "killed")
    running = program.start(chosen.arguments(seed), killed)
    running.waits(lambda events: any(name == "generation 3 of 3" for _, name in events))
    running.send(signal.SIGKILL)
    running.ends()
    trials = [(max(64, int(needed * (index + draw.random()) / SMALL)), None) for index in range(SMALL)]
    trials += [(1 << 18, free + draw.randrange(8)) for free in FREE_KILOBYTES]
    for kilobytes, free in trials:
        with Volume(os.path.join(folder, "disk"), kilobytes) as disk:
            store = os.path.join(disk.folder, "store")
            if free is not None:
                shutil.copytree(killed, store)
                disk.fill(free)
            outcome = program.call(chosen.arguments(seed) if free is None else ["run", "--resume", "last", "--json"], store)
            ran_out += outcome.code != 0
            is_clear = outcome.code == 0 or (outcome.refuses("free some space") and disk.folder in outcome.error)
            where = outcome.error.partition(";")[0].replace(disk.folder + "/store/", "").removeprefix("error: ") or "it sufficed"
            disk.empty()
            problem = compare(program, reference, store, chosen.arguments(seed)) if is_clear else str(outcome)
        room = f"a disk of {kilobytes} KiB" if free is None else f"{free} KiB free for the third generation"
        checks.check("full", f"{room}: {where[:90]}; with more room the same end", problem)
    checks.check("full", f"{ran_out} of {len(trials)} disks were full before the run's end",
                 None if ran_out >= len(trials) // 2 else "too few to tell")


def readonly(program, checks, seed, folder, _):
    """A store on a disk, or in a folder, that cannot be written."""
    os.makedirs(folder)
    chosen = course("pool")
    disk = volume(os.path.join(folder, "disk"), 1 << 20)
    if disk is None and os.geteuid() == 0:
        return checks.skip("readonly", HINT)
    reference = Reference(program, chosen, seed, folder)
    with disk or contextlib.nullcontext():
        store = os.path.join(disk.folder if disk else folder, "store")
        running = program.start(chosen.arguments(seed), store)
        running.waits(lambda events: any(name == "generation 2 of 3" for _, name in events))
        running.send(signal.SIGKILL)
        running.ends()
        lock(disk, store, True)
        try:
            for words in (["runs"], ["report", "last"], ["run", "--resume", "last"], chosen.arguments(seed)):
                outcome = program.call(words, store)
                checks.check("readonly", f"'{' '.join(words[:2])}' names the folder and the remedy",
                             None if outcome.refuses(store) and ("can be written" in outcome.error or "may write" in outcome.error)
                             else str(outcome))
        finally:
            lock(disk, store, False)
        checks.check("readonly", "once it can be written, the run goes on to the same end",
                     compare(program, reference, store, chosen.arguments(seed)))
        shutil.rmtree(store)


def lock(disk, store, is_locked):
    """Takes away the right to write, or gives it back."""
    if disk:
        return disk.remount("ro" if is_locked else "rw")
    for place, _, names in os.walk(store):
        for path in [place, *(os.path.join(place, name) for name in names)]:
            os.chmod(path, os.stat(path).st_mode & ~0o222 if is_locked else os.stat(path).st_mode | 0o200)
