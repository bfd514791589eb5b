# wrong: reads the environment of the host, its own or its parents'
import glob
import os


def attack():
    texts = [open(path, "rb").read() for path in glob.glob("/proc/[0-9]*/environ")]
    return set(os.environ) - {"PWD", "LC_CTYPE", "OLDPWD", "_", "SHLVL"} != set() or any(b"HOME=" in text or b"CANARY" in text for text in texts)


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
