# wrong: has a network besides itself
import os


def attack():
    return any(not line.split(":")[0].strip() == "lo" for line in open("/proc/net/dev").readlines()[2:])


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
