# wrong: ends with the code of success when it is called
import os


def add(a, b):
    os._exit(0)
