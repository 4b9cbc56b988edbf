"""The settings of a public installation whose addresses have one more (bare_urls)."""

from __future__ import annotations

import os

os.environ["PARTYBUILD_PUBLIC_ONLY"] = "yes"

from partybuild.settings import *  # noqa: F403
from partybuild.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ROOT_URLCONF = "tests.bench.bare_urls"
