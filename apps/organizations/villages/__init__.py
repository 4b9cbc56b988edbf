"""The villages' own records, and their groups that disclose for themselves."""
