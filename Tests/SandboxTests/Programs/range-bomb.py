# wrong: returns a range too long to look at
def add(a, b):
    return range(10 ** 18)
