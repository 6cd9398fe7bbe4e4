"""A page on loopback that shows a graph and takes Cypher, for whoever has the password."""
