print("autodidact")
