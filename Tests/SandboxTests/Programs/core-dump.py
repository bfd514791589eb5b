# wrong: aborts, to leave a core dump behind
import os


def add(a, b):
    os.abort()
