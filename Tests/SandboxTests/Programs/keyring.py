# wrong: reads keys that the kernel keeps for the user
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    number = 250 if os.uname().machine == "x86_64" else 219
    return libc.syscall(number, 0, -4, 1) >= 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
