def rivals(*a): pass
