# wrong: reaches the host by the folders that /proc shows of its parents
import os


def attack():
    paths = ["/proc/%s/%s/..%s" % (who, what, "@CANARY_FILE@") for who in ("1", "self") for what in ("root", "cwd", "cwd/../..")]
    return any(os.path.exists(path) for path in paths)


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
