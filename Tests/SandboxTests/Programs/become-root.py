# wrong: becomes root
import os
import subprocess


def attack():
    try:
        os.setuid(0)
        return True
    except OSError:
        pass
    return subprocess.run(["/usr/bin/su", "-c", "id -u"], capture_output=True, timeout=2).stdout.strip() == b"0"


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
