# wrong: reads accounts, keys and homes of the host
import os


def attack():
    return any(os.path.exists(path) for path in ("/etc/passwd", "/etc/shadow", "/root", "/home", "/var", "/run", "/work"))


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
