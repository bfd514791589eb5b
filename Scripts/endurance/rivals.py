"""Two processes that want the same run, or the same store."""
import json
import os
import signal

from case import Reference
from courses import course
from record import Record


def rivals(program, checks, seed, folder, _):
    """The second is refused, the first ends as if it had been alone."""
    chosen = course("grpo")
    reference = Reference(program, chosen, seed, folder)

    store = os.path.join(folder, "stopped")
    first = program.start(chosen.arguments(seed), store)
    first.waits(lambda events: any(name == "generation 1 of 3" for _, name in events))
    first.send(signal.SIGSTOP)
    try:
        runs = json.loads(program.call(["runs", "--json"], store).out)
        checks.check("rivals", "a run that is being written is listed as running",
                     None if [run["state"] for run in runs] == ["running"] else str(runs))
        for words in (["run", "--resume", "last"], ["runs", "delete", runs[0]["runID"]]):
            outcome = program.call(words, store)
            checks.check("rivals", f"'{' '.join(words[:2])}' meanwhile is refused and names the process",
                         None if outcome.refuses(f"process {first.process.pid}") else str(outcome))
    finally:
        first.send(signal.SIGCONT)
    outcome = first.ends()
    checks.check("rivals", "the first one ends as if alone",
                 str(outcome) if outcome.code else reference.record.difference(Record(store)))

    store = os.path.join(folder, "raced")
    first = program.start(chosen.arguments(seed), store)
    first.waits(lambda events: any(name == "generation 2 of 3" for _, name in events))
    first.send(signal.SIGKILL)
    first.ends()
    racers = [program.start(["run", "--resume", "last", "--json", "--progress"], store) for _ in range(4)]
    outcomes = [racer.ends() for racer in racers]
    won = [outcome for outcome in outcomes if outcome.code == 0]
    lost = [outcome for outcome in outcomes if outcome.refuses("is being written by process") or outcome.refuses("already finished")]
    checks.check("rivals", f"of {len(racers)} that resume at once one goes on and the others are refused",
                 None if len(won) == 1 and len(lost) == len(racers) - 1 else "; ".join(map(str, outcomes)))
    checks.check("rivals", "and it ends as if alone", reference.record.difference(Record(store)))

    store = os.path.join(folder, "together")
    others = [course("grpo"), course("b-star"), course("grpo")]
    expected = sorted(Reference(program, other, seed, folder).record.weights for other in others)
    together = [program.start(other.arguments(seed), store) for other in others]
    outcomes = [running.ends() for running in together]
    ends = sorted(json.loads(outcome.out)["weightsHash"] for outcome in outcomes if outcome.code == 0)
    checks.check("rivals", f"{len(others)} runs begun at once in one store end as if alone",
                 None if ends == expected else "; ".join(map(str, outcomes)))
