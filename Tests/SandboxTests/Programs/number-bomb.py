# wrong: returns a number of a million digits
def add(a, b):
    return 1 << 3_000_000
