"""Disks that are full or cannot be written: clear errors, no damage, and the run goes on once there is room."""
import contextlib
import os
import random
import shutil
import signal
import subprocess

from courses import course
from kills import Reference
from record import Record

HINT = "no right to mount a tmpfs; as root, or with unshare -rm before the command, it is tried"
SIZES = 8


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
    """Runs on disks of which each ends somewhere else in the run."""
    os.makedirs(folder)
    mounted = volume(os.path.join(folder, "disk"), 64)
    if mounted is None:
        return checks.skip("full", HINT)
    with mounted:
        pass
    chosen = course("pool")
    reference = Reference(program, chosen, seed, folder)
    needed = sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(reference.store) for name in names) // 1024
    draw, ran_out = random.Random(f"{seed}/full"), 0
    for index in range(SIZES):
        kilobytes = max(64, int(needed * 1.4 * (index + draw.random()) / SIZES))
        with Volume(os.path.join(folder, "disk"), kilobytes) as disk:
            store = os.path.join(disk.folder, "store")
            outcome = program.call(chosen.arguments(seed), store)
            ran_out += outcome.code != 0
            clear = outcome.code == 0 or (outcome.refuses("free some space") and disk.folder in outcome.error)
            where = outcome.error or "it sufficed"
            disk.remount("size=1g")
            problem = str(outcome) if not clear else compare(program, reference, store, chosen.arguments(seed))
        checks.check("full", f"{kilobytes} KiB: {where.replace(folder, '…')[:150]}; with more room the same end", problem)
    checks.check("full", f"{ran_out} of {SIZES} disks were full before the run's end", None if ran_out >= SIZES // 2 else "too few to tell")


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
