# wrong: ends and lets a daemon answer in its place
import os

if os.fork() > 0:
    os._exit(0)
os.setsid()


def add(a, b):
    return a + b
