# wrong: makes empty files without end
number = 0
while True:
    open("/tmp/%d" % number, "w").close()
    number += 1


def add(a, b):
    return a + b
