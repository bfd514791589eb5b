"""Stored states cut short, swapped or with flipped bits: found where they are used, named, and not used."""
import os
import random
import sqlite3

from patient import Patient, flip, mangle


def artifacts(program, checks, seed, folder, flips):
    """Every change of a stored state is found where it would be used, named, and not used."""
    patient = Patient(program, seed, folder)
    patient.fresh()
    base = sqlite3.connect(patient.database)
    used = {name: kind for state in ("base", "incumbent") for kind in ("weights", "optimizer")
            for (name,) in base.execute(f"SELECT {state}_{kind} FROM run")}
    base.close()
    draw, found, missed = random.Random(f"{seed}/artifact"), 0, []
    for index in range(flips):
        name = sorted(used)[index % len(used)]
        file = os.path.join(patient.store, "artifacts", name[:2], name)
        size = os.path.getsize(file)
        position = (0, size - 1)[index // len(used)] if index < 2 * len(used) else draw.randrange(size)
        bit = draw.randrange(8)
        flip(file, position, bit)
        outcomes = [program.call(words, patient.store) for words in (["run", "--resume", "last"], ["runs", "verify"])]
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
