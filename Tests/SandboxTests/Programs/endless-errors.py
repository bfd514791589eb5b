# wrong: writes to its errors without end
import sys

while True:
    sys.stderr.write("x" * 65536)


def add(a, b):
    return a + b
