# wrong: writes to the system, the root, devices or the host
import os


def attack():
    places = ["/usr", "/usr/bin", "/", "/etc", "/dev", "/dev/shm", "/proc", "@CANARY_DIR@"]
    def writes(place):
        try:
            open(place + "/escape", "w").close()
            return True
        except OSError:
            return False
    return any([writes(place) for place in places])


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
