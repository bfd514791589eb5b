# wrong: keeps the interpreter's own C code busy, where no handler runs
import re


def add(a, b):
    re.match("(a+)+$", "a" * 64 + "b")
    return a + b
