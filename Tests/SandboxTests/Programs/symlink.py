# wrong: reaches the host by a symbolic link
import os


def attack():
    os.symlink("/proc/1/root/../..@CANARY_FILE@", "/tmp/link")
    return "canary" in open("/tmp/link").read()


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
