# wrong: traces its parent
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return libc.ptrace(16, 1, 0, 0) == 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
