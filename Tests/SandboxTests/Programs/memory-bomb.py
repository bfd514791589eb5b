# wrong: takes two gigabytes of memory
import os


def attack():
    blocks = []
    for _ in range(32):
        blocks.append(bytearray(64 << 20))
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
