"""The graph for other programs; `kg.export.formats.export` writes every format."""
