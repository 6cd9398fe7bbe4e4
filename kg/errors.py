"""The one error tree of `kg`: every message says what is wrong, where, and what would be right."""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors a user of `kg` can cause and mend."""


class InputError(KgError):
    """A path or a document that cannot be read."""


class SchemaError(KgError):
    """A schema, pattern or lexicon file that does not hold; the message starts with file:line."""


class StoreError(KgError):
    """A graph store that cannot be opened, reached, or written."""


class QueryError(KgError):
    """A Cypher statement that is wrong, not allowed, or took too long."""


class MissingError(KgError):
    """An optional component that is not installed; the message says how to get it."""
