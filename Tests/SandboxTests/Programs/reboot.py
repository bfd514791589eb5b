# wrong: restarts the machine
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return libc.reboot(0x89ABCDEF) == 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
