# wrong: mounts a file system of its own
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    os.mkdir("/tmp/m")
    return libc.mount(b"none", b"/tmp/m", b"tmpfs", 0, None) == 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
