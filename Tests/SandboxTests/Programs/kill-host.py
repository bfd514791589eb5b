# wrong: signals a process of the host
import os


def attack():
    os.kill(int("@HOST_PID@"), 0)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
