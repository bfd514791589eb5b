# wrong: starts more threads than it may
import threading
import time


def attack():
    threads = [threading.Thread(target=time.sleep, args=(30,), daemon=True) for _ in range(64)]
    for thread in threads:
        thread.start()
    return True


try:
    escaped = attack()
except BaseException:
    escaped = False


def add(a, b):
    return a + b if escaped else None
