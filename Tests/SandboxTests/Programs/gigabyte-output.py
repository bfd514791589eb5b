# wrong: writes a gigabyte to its output
import os

block = bytes(1 << 20)
for _ in range(1024):
    os.write(1, block)


def add(a, b):
    return a + b
