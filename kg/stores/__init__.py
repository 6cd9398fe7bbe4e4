"""Graph stores that speak Cypher: one inside the process, or any Bolt server; `kg.stores.open` chooses."""
