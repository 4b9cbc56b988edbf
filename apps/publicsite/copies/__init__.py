"""A copy of the public side as files, for a host that has no connection to the inside."""
