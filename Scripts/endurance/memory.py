"""Too little memory: where an allocation fails the program ends, and the run goes on to the same end once there is enough.

Swift cannot answer a failed allocation, so an end by a signal is allowed beside an error. Where not even a thread's stack fits, libdispatch
sleeps until there is room: that is told apart by the room that is left, ended here by SIGKILL, and counted. Any other hang is a failure.
Nothing may be lost or damaged.
"""
import os
import random
import resource
import signal
import threading
import time

from case import Reference
from courses import course
from disks import compare
from program import LONGEST, Program
from sampler import stat

TRIALS = 8
LEAST = 0.25  # of the address space that the run takes; below that the system's loader does not get far
IDLE = 30  # seconds without any CPU time after which a run counts as waiting
STACK = resource.getrlimit(resource.RLIMIT_STACK)[0] if resource.getrlimit(resource.RLIMIT_STACK)[0] > 0 else 8 << 20  # of a thread
ENDS = {signal.SIGTRAP, signal.SIGILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}


class Measured(Program):
    """A program whose address space is watched while it runs."""

    def __init__(self, program):
        super().__init__(program.path, program.models)
        self.most = 0

    def start(self, words, store, **options):
        running = super().start(words, store, **options)
        threading.Thread(target=self._watch, args=(running.process,), daemon=True).start()
        return running

    def _watch(self, process):
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
                    self.most = max([self.most, *(1024 * int(line.split()[1]) for line in file if line.startswith("VmPeak"))])
            except OSError:
                return  # it ended just now
            time.sleep(0.02)


def waits(running, limit):
    """Whether a run sleeps for want of room for a thread; returns once it does, or has ended, or has taken too long."""
    worked, ticks = time.monotonic(), None
    while running.sleeps(1) and time.monotonic() - running.began < LONGEST:
        fields = stat(running.process.pid)
        if fields is None or int(fields[11]) + int(fields[12]) != ticks:
            worked, ticks = time.monotonic(), fields and int(fields[11]) + int(fields[12])
        elif time.monotonic() - worked > IDLE:
            return fields[0] == "S" and limit - int(fields[20]) < STACK
    return False


def ended(outcome, is_waiting):
    """How a run under a limit ended; None where it must not end so."""
    if is_waiting:
        return "waited for room for a thread"
    if outcome.code == 0:
        return "it sufficed"
    if outcome.code < 0 and -outcome.code in ENDS:
        return f"ended by {signal.Signals(-outcome.code).name}"
    if outcome.code in (1, 2) and outcome.error and not outcome.crashed:
        return outcome.error.removeprefix("error: ")[:60]
    if outcome.code == 127 and "shared librar" in outcome.err:
        return "not even loaded"
    return None


def memory(program, checks, seed, folder, _):
    """Runs under limits of the address space, from what hardly loads the program to nearly enough."""
    if not os.path.isdir("/proc/self"):
        return checks.skip("memory", "this system has no /proc to read the address space from")
    os.makedirs(folder)
    chosen, draw, ran_out = course("grpo"), random.Random(f"{seed}/memory"), 0
    measured = Measured(program)
    reference = Reference(measured, chosen, seed, folder)
    for trial in range(TRIALS):
        share = LEAST + (1 - LEAST) * (trial + draw.random()) / TRIALS
        limit, store = int(share * measured.most), os.path.join(folder, f"limited-{trial}")
        running = program.start(chosen.arguments(seed, 2), store,
                                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        is_waiting = waits(running, limit)
        running.send(signal.SIGKILL)
        outcome = running.ends()
        ran_out += outcome.code != 0
        how = ended(outcome, is_waiting)
        problem = compare(program, reference, store, chosen.arguments(seed)) if how else str(outcome)
        checks.check("memory", f"{limit >> 20} of {measured.most >> 20} MiB of addresses: {how}; without the limit the same end", problem)
    checks.check("memory", f"{ran_out} of {TRIALS} runs had too little", None if ran_out >= TRIALS // 2 else "too few to tell")
