# wrong: changes the kernel's settings by /proc
import os


def attack():
    for path, text in (("kernel/core_pattern", "|/tmp/x"), ("kernel/hostname", "escape"), ("vm/overcommit_memory", "1")):
        try:
            open("/proc/sys/" + path, "w").write(text)
            return True
        except OSError:
            pass
    open("/proc/sysrq-trigger", "w").write("h")
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
