def artifacts(*a): pass
database = newer = artifacts
