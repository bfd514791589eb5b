# wrong: climbs out by another root
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    os.mkdir("/tmp/r")
    return libc.chroot(b"/tmp/r") == 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
