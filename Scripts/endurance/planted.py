"""A stand-in for a long run that leaks on purpose: usage planted.py KIND FOLDER, until it is ended.

It says what a run says, and works a fixed amount of CPU time a generation.
"""
import itertools
import os
import subprocess
import sys
import time


def work(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


def main(kind, folder):
    held = []
    for number in itertools.count(1):
        time.sleep(0.03)  # not more generations than disk
        work(0.02 * (1 + 0.01 * number if kind == "speed" else 1))
        if kind == "memory":
            held.append(bytearray(os.urandom(1024)) * 256)
        elif kind == "descriptors" and number % 5 == 0:
            held.append(open(os.devnull, "rb"))
        elif kind == "children" and number % 10 == 0:
            held.append(subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        with open(os.path.join(folder, f"generation-{number}"), "wb") as file:
            file.write(os.urandom(4096 * number if kind == "disk" else 4096))
        print(f"[{number} s] generation {number} rolled back: planted", file=sys.stderr, flush=True)


main(*sys.argv[1:])
