"""The rows themselves, a file per chapter of the handbook."""
