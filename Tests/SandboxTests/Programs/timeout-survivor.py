# wrong: hangs, with a child in a session of its own to outlive the time-out
import os
import time

if os.fork() == 0:
    os.setsid()
    os.execv("/usr/bin/sleep", ["sleep", "98766"])
time.sleep(10 ** 6)


def add(a, b):
    return a + b
