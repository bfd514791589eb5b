"""One line for each check; a failure says how to see it again."""
import sys


class Checks:
    """Counts what held and what did not."""

    def __init__(self, script, seed, replayed=" --only {part}", may_skip=True):
        """`replayed`: the options that repeat the checks of a part; `may_skip`: whether what was not tried is no failure."""
        self.script, self.seed, self.replayed, self.may_skip = script, seed, replayed, may_skip
        self.passed, self.failed, self.skipped = 0, 0, 0

    def check(self, part, what, problem=None, replay=""):
        """Prints the line of a check: it holds unless there is a problem."""
        if not problem:
            self.passed += 1
            print(f"ok      {part}: {what}", flush=True)
            return True
        self.failed += 1
        options = f"--seed {self.seed}{self.replayed.format(part=part)}{replay}"
        print(f"FAIL    {part}: {what}: {problem}\n        replay: {self.script} {options}", flush=True)
        return False

    def note(self, part, what):
        """A figure that is no check."""
        print(f"        {part}: {what}", flush=True)

    def skip(self, part, why):
        """Says loudly what was not tried; a failure where everything must be."""
        if not self.may_skip:
            self.check(part, "nothing is left out", why)
            return
        self.skipped += 1
        print(f"SKIPPED {part}: {why}", flush=True)

    def ends(self):
        """The last line; the exit code follows from it."""
        print(f"{self.passed} checks hold, {self.failed} fail, {self.skipped} skipped")
        sys.exit(1 if self.failed else 0)
