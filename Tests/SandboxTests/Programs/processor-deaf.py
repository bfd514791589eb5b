# wrong: ignores the signal at the limit on processor time
import signal

signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True:
    pass


def add(a, b):
    return a + b
