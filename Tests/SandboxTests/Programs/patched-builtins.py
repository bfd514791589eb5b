# wrong: changes what tests are made of
import builtins


class Silent(Exception):
    pass


builtins.AssertionError = Silent
builtins.isinstance = lambda *words: True
builtins.abs = lambda x: 0
builtins.all = builtins.any = lambda x: True


def add(a, b):
    return "5"
