"""Files of a store cut short, swapped or with flipped bits: found and named, without effect, or a failure of the check."""
import contextlib
import os
import random
import shutil
import signal
import sqlite3

from courses import course
from kills import Reference
from program import Program
from record import Record


class Patient:
    """An interrupted run with two committed generations, learning from what is stored, and the same run left alone."""

    def __init__(self, program: Program, seed, folder):
        self.program, self.seed = program, seed
        self.course = course("pool")
        self.reference = Reference(program, self.course, seed, folder)
        self.store, self.whole = os.path.join(folder, "store"), os.path.join(folder, "whole")
        self.killed = os.path.join(folder, "killed")
        running = program.start(self.course.arguments(seed), self.killed)
        running.waits(lambda events: any(name == "generation 3 of 3" for _, name in events))
        running.send(signal.SIGKILL)
        running.ends()
        shutil.copytree(self.killed, self.whole)
        self.answers = self.ask(self.whole)  # also takes the log into the database
        self.database = os.path.join(self.store, "runs.sqlite")

    def fresh(self, source=None):
        """The interrupted run again, undamaged."""
        shutil.rmtree(self.store, ignore_errors=True)
        shutil.copytree(source or self.whole, self.store)

    def ask(self, store):
        """What the reading commands answer."""
        file = os.path.join(os.path.dirname(store), "episodes.jsonl")
        with contextlib.suppress(FileNotFoundError):
            os.remove(file)
        answers = [self.program.call(words, store) for words in (
            ["runs", "--json"], ["runs", "show", "last"], ["report", "last", "--output", os.path.join(os.path.dirname(store), "page.html")],
            ["export", "last", "--episodes", file])]
        if os.path.exists(file):
            with open(file, encoding="utf-8") as lines:
                answers[-1].out = lines.read()
        with contextlib.suppress(FileNotFoundError), open(os.path.join(os.path.dirname(store), "page.html"), encoding="utf-8") as page:
            answers[2].out = page.read()
        return answers

    def resumed(self):
        """What a resumption answers, and how its end differs from the run left alone."""
        outcome = self.program.call(["run", "--resume", "last", "--json"], self.store)
        if outcome.code != 0:
            return outcome, ""
        try:
            return outcome, self.reference.record.difference(Record(self.store))
        except (ValueError, sqlite3.Error) as error:
            return outcome, str(error)


def flip(file, position, bit):
    """Changes one bit of a file."""
    with open(file, "r+b") as bytes_:
        bytes_.seek(position)
        byte = bytes_.read(1)[0]
        bytes_.seek(position)
        bytes_.write(bytes([byte ^ 1 << bit]))


def artifacts(program, checks, seed, folder, flips):
    """Every change of a stored state is found where it would be used, named, and not used."""
    patient = Patient(program, seed, folder)
    patient.fresh()
    base = sqlite3.connect(patient.database)
    used = {name: kind for state in ("base", "incumbent") for kind in ("weights", "optimizer")
            for (name,) in base.execute(f"SELECT {state}_{kind} FROM run")}
    base.close()
    draw, verify, found, missed = random.Random(f"{seed}/artifact"), "verify" in program.call(["runs", "--help"], folder).out, 0, []
    for index in range(flips):
        name = sorted(used)[index % len(used)]
        file = os.path.join(patient.store, "artifacts", name[:2], name)
        size = os.path.getsize(file)
        position = (0, size - 1)[index // len(used)] if index < 2 * len(used) else draw.randrange(size)
        bit = draw.randrange(8)
        flip(file, position, bit)
        commands = [["run", "--resume", "last"]] + ([["runs", "verify"]] if verify else [])
        outcomes = [program.call(words, patient.store) for words in commands]
        if all(outcome.refuses(file) or outcome.code in (1, 2) and file in outcome.out + outcome.err for outcome in outcomes):
            found += 1
        else:
            missed.append(f"bit {bit} of byte {position} of the {used[name]} {name[:12]} ({'; '.join(map(str, outcomes))})")
        flip(file, position, bit)
    checks.check("artifact", f"{found} of {flips} flipped bits in {len(used)} artifacts found and named", "; ".join(missed[:3]))
    for how in ("empty", "half", "one byte less", "one byte more", "another's bytes", "a folder", "gone"):
        name = draw.choice(sorted(used))
        file = os.path.join(patient.store, "artifacts", name[:2], name)
        mangle(file, how, os.path.join(patient.store, "artifacts", *[(other[:2], other) for other in sorted(used) if other != name][0]))
        outcome = program.call(["run", "--resume", "last"], patient.store)
        checks.check("artifact", f"{used[name]} that is {how}: refused by name", None if outcome.refuses(file) else str(outcome))
        patient.fresh()
    outcome, difference = patient.resumed()
    checks.check("artifact", "with its files whole again, the run goes on to the same end",
                 None if outcome.code == 0 and not difference else f"{outcome} {difference}")
    if not verify:
        checks.skip("artifact", "flips in artifacts that only 'runs verify' reads: this program has no such command")


def mangle(file, how, other):
    """Does to a file what the words say."""
    with open(file, "rb") as source:
        whole = source.read()
    os.remove(file)
    if how == "a folder":
        os.mkdir(file)
    elif how != "gone":
        if how == "another's bytes":
            shutil.copyfile(other, file)
        else:
            content = {"empty": b"", "half": whole[:len(whole) // 2], "one byte less": whole[:-1], "one byte more": whole + b"\0",
                       "one page less": whole[:-4096], "the first page": whole[:4096], "garbage": b"Z" * len(whole)}[how]
            with open(file, "wb") as target:
                target.write(content)


def database(program, checks, seed, folder, flips):
    """A damaged database is found and named, or the damage has no effect on anything that is shown or goes on."""
    patient = Patient(program, seed, folder)
    draw = random.Random(f"{seed}/database")
    for how in ("empty", "the first page", "half", "one page less", "one byte less", "garbage", "gone"):
        patient.fresh()
        mangle(patient.database, how, "")
        outcomes = [program.call(words, patient.store) for words in (["runs"], ["run", "--resume", "last"])]
        problem = "; ".join(str(outcome) for outcome in outcomes if not outcome.refuses("runs.sqlite"))
        if how == "one byte less" and problem and not patient.reference.record.difference(Record(patient.store)):
            problem = ""  # the last page may be one that nothing is on
        checks.check("database", f"a database that is {how}: refused by name", problem)

    patient.fresh()
    size = os.path.getsize(patient.database)
    pages = size // 4096
    positions = [draw.randrange(100)] + [4096 * (index % pages) + draw.randrange(4096) for index in range(flips - 1)]
    tell_flips(checks, "database", "flipped bits in the database", [flipped(patient, position, draw.randrange(8)) for position in positions])
    log = patient.killed + "/runs.sqlite-wal"
    if not os.path.exists(log) or not os.path.getsize(log):
        return checks.skip("database", "the log beside the database: the killed run left none")
    ends = [flipped(patient, draw.randrange(os.path.getsize(log)), draw.randrange(8), log=True) for _ in range(max(1, flips // 6))]
    tell_flips(checks, "database", "flipped bits in the log beside it", ends)


def tell_flips(checks, part, what, ends):
    """One line for all flips of a file."""
    kinds = [kind for kind, _, _ in ends]
    integrity = sum(seen for _, seen, _ in ends)
    checks.check(part, f"{len(ends)} {what}: {kinds.count('found')} found and named, {kinds.count('harmless')} without effect, "
                 f"{kinds.count('earlier')} take the run back to an earlier commit, from which it ends the same; SQLite's integrity_check "
                 f"alone sees {integrity}", "; ".join(f"{kind}: {why}" for kind, _, why in ends if kind in ("silent", "crash", "unnamed")))


def flipped(patient, position, bit, log=False):
    """What becomes of one flipped bit: its kind, whether SQLite's own check sees it, and why it is a failure where it is one."""
    patient.fresh(patient.killed if log else patient.whole)
    flip(patient.database + ("-wal" if log else ""), position, bit)
    seen = False if log else not is_sound(patient.database)
    answers = patient.ask(patient.store)
    where = f"bit {bit} of byte {position}"
    for answer in answers:
        if answer.crashed:
            return "crash", seen, f"{where}: {answer}"
    errors = [answer for answer in answers if answer.code != 0]
    changed = [answer for answer, whole in zip(answers, patient.answers) if answer.code == 0 and answer.out != whole.out]
    if log and (errors or changed):
        return ended(patient, where, seen, fresh_is_right=True)
    if changed:
        names = [("runs", "runs show", "report", "export")[answers.index(answer)] for answer in changed]
        return "silent", seen, f"{where}: {', '.join(names)} answers something else"
    if errors:
        unnamed = [answer for answer in errors if not answer.refuses("runs.sqlite")]
        if unnamed and len(unnamed) == len(errors):
            return "unnamed", seen, f"{where}: {unnamed[0]}"
        return "found", seen, ""
    return ended(patient, where, seen)


def ended(patient, where, seen, fresh_is_right=False):
    """Goes on with a run whose damage no reader has found."""
    outcome, difference = patient.resumed()
    if outcome.crashed:
        return "crash", seen, f"{where}: {outcome}"
    if outcome.code == 0:
        return ("silent", seen, f"{where}: the resumed run differs in {difference}") if difference else (
            "earlier" if fresh_is_right else "harmless", seen, "")
    if fresh_is_right and outcome.refuses("no runs yet"):
        return "earlier", seen, ""
    return ("found", seen, "") if outcome.refuses("runs.sqlite") else ("unnamed", seen, f"{where}: {outcome}")


def is_sound(file):
    """What SQLite's own check says of a copy."""
    copy = file + ".copy"
    shutil.copyfile(file, copy)
    try:
        base = sqlite3.connect(copy)
        try:
            return base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        finally:
            base.close()
    except (sqlite3.Error, UnicodeDecodeError, MemoryError):
        return False
    finally:
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(copy + end)


def newer(program, checks, seed, folder, flips):
    """A store of a later format is refused with both versions, and left as it is."""
    patient = Patient(program, seed, folder)
    patient.fresh()
    base = sqlite3.connect(patient.database)
    known = base.execute("PRAGMA user_version").fetchone()[0]
    base.execute(f"PRAGMA user_version = {known + 7}")
    base.commit()
    base.close()
    with open(patient.database, "rb") as file:
        before = file.read()
    for words in (["runs"], ["run", "--resume", "last"], patient.course.arguments(seed), ["report", "last"]):
        outcome = program.call(words, patient.store)
        checks.check("newer", f"format {known + 7}: '{' '.join(words[:2])}' refused with both versions",
                     None if outcome.refuses(f"format {known + 7}", f"up to {known}") else str(outcome))
    with open(patient.database, "rb") as file:
        checks.check("newer", "the store is as it was", None if file.read() == before else "its bytes have changed")
