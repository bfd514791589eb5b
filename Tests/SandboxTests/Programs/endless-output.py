# wrong: prints without end
while True:
    print("x" * 65536)


def add(a, b):
    return a + b
