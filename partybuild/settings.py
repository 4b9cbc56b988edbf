"""Settings, in sections, from the environment; what must be secret has no default.

Without DATABASE_URL and REDIS_URL, manage.py and `make run` fill the environment in (partybuild/embedded).
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
import pghistory
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from partybuild.logs import logging_config
from partybuild.openapi import DESCRIPTION
from partybuild.redis_urls import broker_url, cache_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
django_stubs_ext.monkeypatch()  # forms.ModelForm[Member] means something at run time too


# --- Secrets and mode ---------------------------------------------------------------------------

SHORTEST_SECRET = 32
PLACEHOLDER = "change-me"


def secret(name: str) -> str:
    """A secret of the environment; raises ImproperlyConfigured when missing, short or an example."""
    value: str = env.str(name)
    if len(value) < SHORTEST_SECRET or PLACEHOLDER in value:
        raise ImproperlyConfigured(f"{name} is too short or an example: set a random one (see .env.example).")
    return value


DEBUG = env.bool("DEBUG", False)
PROXIES = env.int("PARTYBUILD_PROXIES", 0)  # how many of our own stand before us and say whom they serve
HTTPS = env.bool("PARTYBUILD_HTTPS", True)
# An installation that serves what was published and nothing else; see below.
PARTYBUILD_PUBLIC_ONLY = env.bool("PARTYBUILD_PUBLIC_ONLY", False)
PARTYBUILD_DEMO = env.bool("PARTYBUILD_DEMO", False)  # whether load_demo, whose password is public, may run
SECRET_KEY = secret("SECRET_KEY")
# What is sealed is not there to be opened where everybody reads: that process does not even hold the keys.
PARTYBUILD_FIELD_KEYS = "" if PARTYBUILD_PUBLIC_ONLY else secret("PARTYBUILD_FIELD_KEYS")
PARTYBUILD_DIGEST_KEY = "" if PARTYBUILD_PUBLIC_ONLY else secret("PARTYBUILD_DIGEST_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env.str("PARTYBUILD_DATA", str(BASE_DIR / ".data")))


# --- Applications -------------------------------------------------------------------------------

ROOT_URLCONF = "partybuild.urls"
WSGI_APPLICATION = "partybuild.wsgi.application"

INSTALLED_APPS = [
    "apps.home",
    "apps.reports",
    "apps.papers",
    "apps.reminders",
    "apps.calendars",
    "apps.figures",
    "apps.talks",
    "apps.reviews",
    "apps.lessons",
    "apps.decisions",
    "apps.supervision",
    "apps.meetings",
    "apps.publicsite",
    "apps.opinions",
    "apps.disclosure",
    "apps.members",
    "apps.accounts",
    "apps.organizations",
    "apps.attachments",
    "apps.imports",
    "apps.audit",
    "apps.regulations",
    "apps.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "template_partials",
]

MIDDLEWARE = [
    "partybuild.middleware.RequestId",
    "partybuild.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.publicsite.middleware.TheSameForEverybody",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "apps.publicsite.middleware.Kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.audit.middleware.Signed",
    "partybuild.middleware.SessionLifetime",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "apps.accounts.middleware.PasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.home.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms/field.html is ours


# --- The public side alone ------------------------------------------------------------------------

# An installation that serves what was published and nothing else: no session, no cookie, no sign-in. Its
# DATABASE_URL names the role that `manage.py public_role` makes, which can read nothing else either. It keeps
# nothing for later and asks nobody to work for it: no Redis.
if PARTYBUILD_PUBLIC_ONLY:
    ROOT_URLCONF = "partybuild.public_urls"
    SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware counts who fails to sign in; here nobody does
    MIDDLEWARE = [
        "partybuild.middleware.RequestId",
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "apps.publicsite.middleware.TheSameForEverybody",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.common.CommonMiddleware",
        "apps.publicsite.middleware.Kept",
    ]


# --- Database and cache -------------------------------------------------------------------------

REDIS_URL = "" if PARTYBUILD_PUBLIC_ONLY else env.str("REDIS_URL")
DATABASES = {"default": {**env.db_url("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
# For how long a reader may miss what was just published, so that not each of many asks the database.
PARTYBUILD_STAMP_SECONDS = env.float("PARTYBUILD_STAMP_SECONDS", 1)
PARTYBUILD_PAGES_KEPT = env.int("PARTYBUILD_PAGES_KEPT", 1000)  # of the public side, in each process
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_url(REDIS_URL)}
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": _NOTHING if PARTYBUILD_PUBLIC_ONLY else _REDIS}


# --- History ------------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement  # one insert of history a statement: bulk writes stay fast
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(
    related_name="history", db_index=True
)  # "events" are the members' own
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # but see apps.audit.history


# --- Who may come in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "apps.accounts.backends.PeopleOnly",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "apps.accounts.passwords.ThreeKindsOfCharacters"},
    {"NAME": "apps.accounts.passwords.NotOneOfTheLast"},
]
PASSWORD_MAX_AGE = timedelta(days=days) if (days := env.int("PARTYBUILD_PASSWORD_DAYS", 90)) else None
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

# An office shares one address: five failures lock one user at one address, not the whole office.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that the page names stays true
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are deeds of our own
AXES_LOCKOUT_CALLABLE = "apps.accounts.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_AGE = 60 * env.int(
    "PARTYBUILD_IDLE_MINUTES", 30
)  # idle, in seconds; each request starts it anew
SESSION_SAVE_EVERY_REQUEST = True
SESSION_LIFETIME = timedelta(hours=env.int("PARTYBUILD_SESSION_HOURS", 8))  # however busy
SESSION_EXPIRE_AT_BROWSER_CLOSE = False


# --- Headers ------------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # blob: a photo before it is sent
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}


# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("PARTYBUILD_STATIC", str(DATA_DIR / "static")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
]
# Photos and scans: outside what any server hands out; views check who asks.
MEDIA_ROOT = Path(env.str("PARTYBUILD_MEDIA", str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT / "attachments",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
IMPORT_FILES_KEPT_DAYS = env.int("PARTYBUILD_IMPORT_FILES_KEPT_DAYS", 7)  # uploaded rosters, encrypted
PAPERS_KEPT_DAYS = env.int("PARTYBUILD_PAPERS_KEPT_DAYS", 3)  # batches of printed records
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024


# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True


# --- Background jobs ----------------------------------------------------------------------------

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True  # a job's state is in its row
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# Address space of each process that reads files (workers, `manage.py import`): none takes it all; 0: no end.
PARTYBUILD_WORKER_MEMORY_MB = env.int("PARTYBUILD_WORKER_MEMORY_MB", 2048)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "imports": {
        "task": "imports.tend",
        "schedule": timedelta(minutes=1),
    },  # jobs whose worker died, old files
    "reports": {
        "task": "reports.ask_for_regular_reports",
        "schedule": crontab(hour=0, minute=20),
    },  # the first night after the cut-off; then there is nothing left to ask for
    "opinions": {
        "task": "opinions.tend",
        "schedule": crontab(hour=0, minute=40),
    },  # what is late goes to the township; names whose time is over are forgotten
    "papers": {"task": "papers.tend", "schedule": timedelta(minutes=5)},
    "reminders": {"task": "reminders.plan", "schedule": crontab(minute=5)},  # quiet hours plan nothing
    "waiting reminders": {"task": "reminders.tend", "schedule": timedelta(minutes=10)},
    "unmade reports": {"task": "reports.tend", "schedule": timedelta(minutes=10)},
}


# --- Reports ------------------------------------------------------------------------------------

# The last day of the following month on which records still count; 0: as the regulations' table has it.
PARTYBUILD_MONTHLY_CUTOFF_DAY = env.int("PARTYBUILD_MONTHLY_CUTOFF_DAY", 0)
# A county's own ready phrases for the minutes, JSON: {"theme_day": ["重温入党誓词。"]}.
PARTYBUILD_PHRASES = env.json("PARTYBUILD_PHRASES", {})
# Who signs the county's bulletin; empty: 中共××县委组织部.
PARTYBUILD_REPORT_OFFICE = env.str("PARTYBUILD_REPORT_OFFICE", "")
# A Word template of the county's own (manage.py report_template makes one); empty: the built-in one.
PARTYBUILD_REPORT_TEMPLATE = env.str("PARTYBUILD_REPORT_TEMPLATE", "")


# --- Reminders ----------------------------------------------------------------------------------

# Where the links of a digest lead.
PARTYBUILD_SITE = env.str("PARTYBUILD_SITE", f"https://{[*ALLOWED_HOSTS, 'localhost'][0]}").rstrip("/")
# Where everybody reads what was published, when that is another address.
PARTYBUILD_PUBLIC_SITE = env.str("PARTYBUILD_PUBLIC_SITE", PARTYBUILD_SITE).rstrip("/")
# At the foot of every public page, in this order (WEB-05), JSON: {"主办单位": "清源县民政局", "备案号":
# ["新ICP备00000000号", "https://beian.miit.gov.cn/"]}; the second of a pair is where it leads.
PARTYBUILD_PUBLIC_FOOT = env.json("PARTYBUILD_PUBLIC_FOOT", {})
PARTYBUILD_REMINDER_DAYS = env.int("PARTYBUILD_REMINDER_DAYS", 7)  # how long before its end a duty is told
PARTYBUILD_QUIET_HOURS = env.str("PARTYBUILD_QUIET_HOURS", "21:00-08:00")
PARTYBUILD_QUIET_WEEKENDS = env.bool("PARTYBUILD_QUIET_WEEKENDS", True)
# The only places to which a robot's message is posted; a county's own DingTalk or WeCom adds its origin.
PARTYBUILD_ROBOT_ORIGINS = env.list(
    "PARTYBUILD_ROBOT_ORIGINS", default=["https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com"]
)
PARTYBUILD_ROBOT_PROXY = env.str("PARTYBUILD_ROBOT_PROXY", "")
# smtp+tls://user:password@host:587; empty: no letters.
_smtp: dict[str, Any] = env.email_url("PARTYBUILD_SMTP_URL", default="consolemail://")
EMAIL_HOST, EMAIL_PORT = _smtp.get("EMAIL_HOST") or "", _smtp.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.get("EMAIL_HOST_USER"), _smtp.get("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.get("EMAIL_USE_TLS", False), _smtp.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.str("PARTYBUILD_MAIL_FROM", EMAIL_HOST_USER or "partybuild@localhost")
PARTYBUILD_MAIL = bool(EMAIL_HOST)


# --- API ----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.authentication.KeyAuthentication",  # the first names the challenge of an answer 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "user": env.str("PARTYBUILD_API_RATE", "120/min"),
        "feed": "60/hour",  # one secret address of a calendar
        "feeds": "1200/hour",  # all that one network address asks for: an office shares it
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.core.rest.problem",
}
SPECTACULAR_SETTINGS = DESCRIPTION


# --- Logs ---------------------------------------------------------------------------------------

LOGGING = logging_config(json=env.bool("PARTYBUILD_JSON_LOGS", False), level=env.str("LOG_LEVEL", "INFO"))
