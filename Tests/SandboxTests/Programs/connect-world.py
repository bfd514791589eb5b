# wrong: connects to the world outside
import socket


def attack():
    for address in (("1.1.1.1", 53), ("8.8.8.8", 443)):
        socket.create_connection(address, timeout=2)
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
