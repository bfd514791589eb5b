def full(*a): pass
readonly = full
