"""The villages and publications of the disclosure tests."""

from tests.disclosure.conftest import clerk, publish, statements

__all__ = ["clerk", "publish", "statements"]
