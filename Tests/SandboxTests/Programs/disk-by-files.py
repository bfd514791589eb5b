# wrong: writes many files that are each small enough
import os


def attack():
    for number in range(64):
        with open("/tmp/block%d" % number, "wb") as file:
            file.write(bytes(1 << 20))
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
