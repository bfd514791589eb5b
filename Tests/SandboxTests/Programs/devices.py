# wrong: makes or opens a device of the host
import os


def attack():
    names = set(os.listdir("/dev")) - {"null", "zero", "full", "random", "urandom", "tty", "pts", "ptmx", "shm", "fd", "core", "stdin", "stdout", "stderr"}
    if names:
        return True
    os.mknod("/tmp/disk", 0o060600, os.makedev(254, 0))
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
