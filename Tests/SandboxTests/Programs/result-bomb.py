# wrong: returns a hundred megabytes
def add(a, b):
    return "x" * 10 ** 8
