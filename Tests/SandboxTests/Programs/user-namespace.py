# wrong: makes a user namespace, to be root in it
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return libc.unshare(0x10000000) == 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
