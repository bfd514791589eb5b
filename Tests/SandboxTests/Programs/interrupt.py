# wrong: raises what a checker might let pass
def add(a, b):
    raise KeyboardInterrupt
