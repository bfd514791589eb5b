# wrong: reads a file of the host by its path
import os


def attack():
    return "canary" in open("@CANARY_FILE@").read()


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
