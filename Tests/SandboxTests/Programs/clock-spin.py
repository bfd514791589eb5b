# wrong: computes for ever
def add(a, b):
    while True:
        a += b
