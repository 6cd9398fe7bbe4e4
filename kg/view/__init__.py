"""The graph as a page that opens in any browser, offline."""
