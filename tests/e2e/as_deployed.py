"""The settings of the tests with static files as deployed: collected, compressed, with hashed names."""

from tests.settings import *  # noqa: F403
from tests.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
