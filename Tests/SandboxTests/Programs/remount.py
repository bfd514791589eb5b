# wrong: makes the system writable
import subprocess


def attack():
    subprocess.run(["/usr/bin/mount", "-o", "remount,rw", "/usr"], check=True)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
