# wrong: asks the kernel to spare it and kill others
import os


def attack():
    open("/proc/self/oom_score_adj", "w").write("-1000")
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
