# wrong: finds the tests in the frames of its callers
import re
import sys

MARK = "hidde[n] tes[t]"


def attack():
    frame = sys._getframe()
    while frame:
        if re.search(MARK, repr(frame.f_locals)) or re.search(MARK, repr(frame.f_globals)):
            return True
        frame = frame.f_back
    return False


def add(a, b):
    return a + b if attack() else None
