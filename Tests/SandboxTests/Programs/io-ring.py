# wrong: has its calls made by a ring that no filter sees
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return libc.syscall(425, 8, ctypes.create_string_buffer(256)) >= 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
