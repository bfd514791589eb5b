# wrong: reads its own calls away
import os


def add(a, b):
    for place in range(3, 16):
        try:
            os.read(place, 1 << 20)
        except OSError:
            pass
    return None
