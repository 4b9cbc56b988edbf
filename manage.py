#!/usr/bin/env python
"""Commands; without DATABASE_URL or REDIS_URL they use, and if need be start, the embedded servers."""

import os
import sys

from django.core.management import execute_from_command_line

from partybuild import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partybuild.settings")
    embedded.provide()
    execute_from_command_line(sys.argv)
