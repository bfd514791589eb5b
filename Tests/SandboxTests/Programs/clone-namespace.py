# wrong: makes a user namespace by the way of clone
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    child = libc.syscall(56 if os.uname().machine == "x86_64" else 220, 0x10000000 | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child > 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
