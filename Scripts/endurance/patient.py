"""An interrupted run to be damaged, and the two ways in which its files are."""
import contextlib
import os
import shutil
import signal
import sqlite3

from case import Reference
from courses import course
from record import Record


class Patient:
    """An interrupted run with two committed generations, learning from what is stored, and the same run left alone."""

    def __init__(self, program, seed, folder):
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
        for written in (file, os.path.join(os.path.dirname(store), "episodes.provenance.jsonl")):
            with contextlib.suppress(FileNotFoundError):
                os.remove(written)
        page = os.path.join(os.path.dirname(store), "page.html")
        answers = [self.program.call(words, store) for words in (
            ["runs", "--json"], ["runs", "show", "last"], ["report", "last", "--output", page], ["export", "last", "--episodes", file])]
        if os.path.exists(file):
            with open(file, encoding="utf-8") as lines:
                answers[-1].out = lines.read()
        with contextlib.suppress(FileNotFoundError), open(page, encoding="utf-8") as text:
            answers[2].out = text.read()
        for answer in answers:
            answer.out = answer.out.replace(store, "STORE")  # commands that are printed name it, and it is a copy
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
