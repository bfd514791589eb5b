# wrong: kills every process that it can name, itself too
import os

os.kill(-1, 9)
os.kill(os.getpid(), 9)


def add(a, b):
    return a + b
