"""The release's number, in one place that packaging and code read alike."""

__version__ = "0.1.0"
