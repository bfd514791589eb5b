# wrong: returns a number that equals every other
class Yes(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def add(a, b):
    return Yes(0)
