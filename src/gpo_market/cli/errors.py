"""Errors that a person can mend: one clear line, exit code 2."""


class BadInputError(Exception):
    """Wrong usage or bad input; its message is one line that says what, where and what to do."""


def reason(error: OSError) -> str:
    """Give an operating-system error as words: ``no such file or directory``."""
    return (error.strerror or str(error)).lower()
