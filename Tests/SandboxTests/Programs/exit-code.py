# wrong: ends with the code of success
import os

os._exit(0)


def add(a, b):
    return a + b
