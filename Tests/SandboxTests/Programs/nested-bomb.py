# wrong: returns a list in a list in a list
def add(a, b):
    x = []
    for _ in range(10 ** 5):
        x = [x]
    return x
