"""Facts in, updates out: the types that every other room speaks."""
