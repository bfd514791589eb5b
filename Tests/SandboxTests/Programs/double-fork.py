# right: leaves a child in a session of its own, to outlive it
import os

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv("/usr/bin/sleep", ["sleep", "98765"])
    os._exit(0)


def add(a, b):
    return a + b
