"""What the plain reader's tests share with those of the language."""

from tests.language.conftest import catalogue, elements_of, listed

__all__ = ["catalogue", "elements_of", "listed"]
