# wrong: takes memory that belongs to no process, in a file without a name
import os


def attack():
    return os.memfd_create("block") >= 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
