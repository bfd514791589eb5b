# wrong: connects to a service of the host
import socket


def attack():
    socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=2)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
