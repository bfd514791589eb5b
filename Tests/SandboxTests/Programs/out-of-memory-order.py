# wrong: asks the kernel to spare it and kill others
import os


def attack():
    path = "/proc/self/oom_score_adj"
    before = int(open(path).read())
    with open(path, "w") as file:
        file.write("%d" % (before - 1))
    return int(open(path).read()) < before


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
