# wrong: returns an object that says it is a number
class Yes:
    __class__ = int

    def __eq__(self, other):
        return True


def add(a, b):
    return Yes()
