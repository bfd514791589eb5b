"""A damaged database: found and named, without effect, or a failure of the check."""
import contextlib
import os
import random
import shutil
import sqlite3

from patient import Patient, flip, mangle
from record import Record


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
    ends = [flipped(patient, position, draw.randrange(8)) for position in positions]
    tell_flips(checks, "database", "flipped bits in the database", ends)
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
