"""The project's settings as tests run them; the servers' addresses come from tests/services.py."""

import os

os.environ.setdefault("DATABASE_URL", "postgres:///nowhere")
os.environ.setdefault("REDIS_URL", "unix:///nowhere")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("PARTYBUILD_HTTPS", "no")
os.environ.setdefault("SECRET_KEY", "for-tests-only-" * 4)
os.environ.setdefault("PARTYBUILD_FIELD_KEYS", "1:" + "dGVzdHMtb25seS0wMTIzNDU2Nzg5YWJjZGVmLXRlc3Q=")
os.environ.setdefault("PARTYBUILD_DIGEST_KEY", "for-tests-only-" * 4)

from partybuild.settings import *  # noqa: F403
from partybuild.settings import STORAGES

STORAGES["attachments"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
# Nothing is collected for tests: look for static files where they are.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
PARTYBUILD_STAMP_SECONDS = 0  # what changes is seen at once
