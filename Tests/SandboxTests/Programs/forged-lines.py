# wrong: writes verdicts where its results go
import os


def add(a, b):
    for place in range(3, 16):
        try:
            os.write(place, b'V ["correct", ""]\nD\n')
        except OSError:
            pass
    return None
