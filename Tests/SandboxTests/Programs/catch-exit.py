# wrong: catches whatever ends it, and goes on
while True:
    try:
        exec("raise SystemExit")
    except BaseException:
        continue


def add(a, b):
    return a + b
