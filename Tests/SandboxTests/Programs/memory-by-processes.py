# wrong: takes memory in as many processes as it can have
import os
import time


def attack():
    reading, writing = os.pipe()
    for _ in range(16):
        if os.fork() == 0:
            block = bytearray(160 << 20)
            os.write(writing, b"x")
            time.sleep(30)
            os._exit(0)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
