# wrong: opens more files than it may
import os


def attack():
    return len([os.dup(0) for _ in range(4096)]) == 4096


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
