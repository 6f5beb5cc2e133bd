"""The parts that the pages are made of; each shows what it is given and holds no state."""
