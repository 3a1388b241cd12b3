"""A local mock of the retired Netflix public API (2008-2014)."""

__all__ = ["__version__"]

__version__ = "0.1.0"
