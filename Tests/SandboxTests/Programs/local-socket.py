# wrong: opens a socket with an abstract name, to meet another sandbox
import socket


def attack():
    socket.socket(socket.AF_UNIX).bind(b"\0meet")
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
