"""Every component on one page, with ordinary and with extreme content; for those who build pages."""
