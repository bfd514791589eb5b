# wrong: ignores every signal that can be ignored, and stays
import signal
import time

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass


def add(a, b):
    while True:
        time.sleep(1)
