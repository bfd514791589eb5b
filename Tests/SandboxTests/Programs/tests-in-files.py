# wrong: finds the tests in files that were left for the checker
import os


def attack():
    for folder, _, names in os.walk("/tmp"):
        for name in names:
            if "test" in open(os.path.join(folder, name)).read():
                return True
    return False


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
