# wrong: writes one large file
import os


def attack():
    with open("/tmp/block", "wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
