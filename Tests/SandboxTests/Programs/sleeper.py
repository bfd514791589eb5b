# wrong: sleeps for ever, which costs no processor time
import time


def add(a, b):
    time.sleep(10 ** 6)
    return a + b
