# wrong: returns what is not even itself
def add(a, b):
    return float("nan")
