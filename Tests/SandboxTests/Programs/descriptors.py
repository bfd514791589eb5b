# wrong: finds a descriptor that was left open for it
import glob
import os
import re


def attack():
    found = [os.readlink(path) for path in glob.glob("/proc/[0-9]*/fd/*") if os.path.islink(path)]
    return any(not re.match(r"pipe:|/dev/(null|pts)|/proc/|anon_inode:\[event", name) for name in found)


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
