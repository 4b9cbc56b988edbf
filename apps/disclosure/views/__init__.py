"""The inner pages of village-affairs disclosure, a module for each matter."""
