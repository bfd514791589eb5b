"""The program under test: where it is, its calls, and what it says while it runs."""
import os
import re
import signal
import subprocess
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LONGEST = 600  # seconds; a call that takes longer hangs
PATIENCE = 10  # seconds in which children end once their parent has


def built():
    """Builds the program as the other scripts do, and says where it lies."""
    script = ("set -euo pipefail; source Scripts/setup >&2; swift build -c release --product autodidact >&2; "
              "swift build -c release --show-bin-path")
    out = subprocess.run(["bash", "-c", script], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout
    return os.path.join(out.strip().splitlines()[-1], "autodidact")


class Outcome:
    """What a finished call left: code, both streams, and complaints about how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def crashed(self):
        """A trap, an abort or a hang: never an answer."""
        return self.code < 0 or self.code > 130 or "Fatal error" in self.err or "Stack dump" in self.err

    @property
    def error(self):
        """The error's sentence, or nothing."""
        return next((line for line in self.err.splitlines() if line.startswith("error: ")), "")

    def refuses(self, *words):
        """Whether it ended with one sentence that names all of these."""
        return self.code in (1, 2) and not self.crashed and bool(self.error) and all(word in self.error for word in words)

    def __str__(self):
        return f"code {self.code}: {(self.err.strip().splitlines() or ['nothing said'])[-1][:400]}"


class Program:
    """One built program with its models."""

    def __init__(self, path, models):
        self.path, self.models = os.path.abspath(path), os.path.abspath(models)

    def arguments(self, words, store):
        """A whole command line; commands that open models are told where they are."""
        named = ["--models", self.models] if words[0] in ("run", "export") else []
        return [self.path, *words, *named, "--store", store]

    def call(self, words, store, **options):
        """Runs a command to its end."""
        try:
            done = subprocess.run(self.arguments(words, store), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=LONGEST, **options)
        except subprocess.TimeoutExpired:
            return Outcome(999, "", f"no end after {LONGEST} s")
        return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def start(self, words, store, **options):
        """Starts a command in a session of its own, so that what it leaves behind can be found."""
        return Running(self.arguments(words, store), **options)


class Running:
    """A started command, whose lines on stderr are events."""

    started = []

    @classmethod
    def end_all(cls):
        """Kills whatever is still running, so that a script that stops early leaves nothing behind."""
        for running in cls.started:
            running.send(signal.SIGKILL)

    def __init__(self, arguments, **options):
        self.began = time.monotonic()
        self.events, self.lines = [], []  # (seconds, event) and all lines
        self.arrived = threading.Condition()
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        start_new_session=True, **options)
        self.started.append(self)
        self.is_over = False
        self.output = b""
        self.readers = [threading.Thread(target=self._follow, daemon=True), threading.Thread(target=self._collect, daemon=True)]
        for reader in self.readers:
            reader.start()

    def _follow(self):
        for raw in self.process.stderr:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            with self.arrived:
                self.lines.append(line)
                found = event(line)
                if found:
                    self.events.append((time.monotonic() - self.began, found))
                self.arrived.notify_all()
        with self.arrived:
            self.is_over = True
            self.arrived.notify_all()

    def _collect(self):
        self.output = self.process.stdout.read()

    def waits(self, condition):
        """Waits until the events fulfil a condition; False where the command ends before, or hangs."""
        with self.arrived:
            self.arrived.wait_for(lambda: condition(self.events) or self.is_over, timeout=LONGEST)
            return condition(self.events)

    def sleeps(self, seconds):
        """Waits so long; False where the command ends before."""
        with self.arrived:
            return not self.arrived.wait_for(lambda: self.is_over, timeout=max(0, seconds))

    def send(self, number):
        if self.process.poll() is None:
            os.kill(self.process.pid, number)

    def ends(self):
        """What it left once it has ended; one that hangs is killed and so a crash."""
        try:
            code = self.process.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            code = 999
        for reader in self.readers:
            reader.join(timeout=30)
        self.process.stderr.close()
        self.process.stdout.close()
        return Outcome(code, self.output.decode("utf-8", "replace"), "\n".join(self.lines))

    def orphans(self):
        """Processes of its session that are still there."""
        found = []
        for name in os.listdir("/proc") if os.path.isdir("/proc") else []:
            if name.isdigit() and int(name) != self.process.pid:
                try:
                    with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                        fields = file.read().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[3]) == self.process.pid and fields[0] != "Z":
                    found.append(int(name))
        return found


def lasting(look):
    """What a look for processes still finds after some seconds in which they see the end of their input, and end too."""
    until = time.monotonic() + PATIENCE
    while (found := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def event(line):
    """What a line of `run --progress` tells, without its time and figures; None for remarks."""
    if line.startswith("progress "):
        return line
    text = re.sub(r"^\[[^]]*\] ", "", line)
    if text == line:
        return None
    for pattern in (r"base on", r"resumed after \d+", r"generation \d+ of \d+", r"generation \d+ (promoted|rolled back)", r"finished"):
        found = re.match(pattern, text)
        if found:
            return found.group(0)
    return None
