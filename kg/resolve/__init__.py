"""Document graphs → one graph."""
