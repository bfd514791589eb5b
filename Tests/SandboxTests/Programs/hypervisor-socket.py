# wrong: opens a socket of a family that no namespace covers
import socket


def attack():
    socket.socket(40, socket.SOCK_STREAM)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
