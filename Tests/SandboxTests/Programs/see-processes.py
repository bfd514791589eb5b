# wrong: sees processes of the host
import os


def attack():
    return len([name for name in os.listdir("/proc") if name.isdigit()]) > 3 or os.path.exists("/proc/@HOST_PID@/status")


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
