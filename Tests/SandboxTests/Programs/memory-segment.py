# wrong: takes memory that belongs to no process, in a System V segment
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return libc.shmget(0, 1 << 30, 0o1600) >= 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
