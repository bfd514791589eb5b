# wrong: raises SystemExit when it is called
def add(a, b):
    raise SystemExit(0)
