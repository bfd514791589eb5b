# wrong: finds the host's secrets in the memory of its parent
import os


def attack():
    for line in open("/proc/1/maps"):
        if "rw-p" in line:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            with open("/proc/1/mem", "rb") as memory:
                memory.seek(start)
                text = memory.read(end - start)
            if b"CANARY" + b"=" in text or b"HOME" + b"=/" in text:
                return True
    return False


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
