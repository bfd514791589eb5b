# wrong: starts more processes than it may
import os
import time


def attack():
    children = 0
    for _ in range(64):
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
        children += 1
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
