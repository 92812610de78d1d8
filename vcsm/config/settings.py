"""Every setting, read from the environment in one place; README lists those meant for users."""

import sys
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from vcsm.config.database import database_from_url, shared
from vcsm.config.env import ROOT, env_flag, env_list, env_number, env_text
from vcsm.config.mail import mail_from_url
from vcsm.config.routes import LIMITS, QUEUES, ROUTES, VISIBILITY_SECONDS
from vcsm.core.valkey import broker, line, live_groups

HOME = Path(env_text("VCSM_HOME", str(ROOT / ".vcsm")))
"""Where the embedded services, their logs and the encoder's cache live."""

DEBUG = env_flag("VCSM_DEBUG", default=False)
_DEVELOPMENT_KEY = "insecure-development-key-set-VCSM_SECRET_KEY"
SECRET_KEY = env_text("VCSM_SECRET_KEY", _DEVELOPMENT_KEY)
ALLOWED_HOSTS = env_list("VCSM_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("VCSM_CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "vcsm.core",
    "vcsm.accounts",
    "vcsm.audit",
    "vcsm.dead_letters",
    "vcsm.governance",
    "vcsm.events",
    "vcsm.friction",
    "vcsm.intent",
    "vcsm.knowledge",
    "vcsm.conversations",
    "vcsm.replay",
    "vcsm.success",
    "vcsm.escalation",
    "vcsm.problems",
    "vcsm.assistant",
    "vcsm.reports",
    "vcsm.setup",
    "vcsm.console",
    "vcsm.embedded",
    "vcsm.demo",
    "vcsm.benchmark",
    "widget",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vcsm.console.uncached.keep_out_of_caches",
    # Outside everything that may log.
    "vcsm.core.traced_requests.trace_request",
    # Outside everything that reads the database, so that it closes after the last of them.
    "vcsm.core.connections.close_connection",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last: sessions and log-ins belong to no workspace.
    "vcsm.console.scope.scope_to_member",
]

ROOT_URLCONF = "vcsm.config.urls"
ASGI_APPLICATION = "vcsm.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# `manage.py up` sets both unless they are given; without them commands that need no database still
# run, and the first query says what is missing (vcsm.embedded.check).
DATABASE_URL = env_text("DATABASE_URL")
REDIS_URL = env_text("REDIS_URL", "redis://127.0.0.1:6379/0")
VCSM_DATABASE_POOL = env_number("VCSM_DATABASE_POOL", default=0)
"""Connections that the requests and sockets of a web process share, at most (`vcsm.config.asgi`
makes it 16). With 0 each thread keeps its own, which is right for workers and commands."""
DATABASES = {
    "default": shared(
        database_from_url(DATABASE_URL or "postgresql://127.0.0.1:5432/vcsm"),
        connections=VCSM_DATABASE_POOL,
    )
}
DATABASE_REPLICA_URL = env_text("DATABASE_REPLICA_URL")
"""A streaming replica of the database, which reports read from; if empty, they read the
database."""
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = {
        **database_from_url(DATABASE_REPLICA_URL),
        "TEST": {"MIRROR": "default"},
    }
DATABASE_ROUTERS = ["vcsm.core.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

try:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": live_groups(REDIS_URL),
        }
    }
    # A broker of their own for tasks, such as RabbitMQ (`amqp://…`).
    CELERY_BROKER_URL = broker(env_text("VCSM_BROKER_URL", REDIS_URL))
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from error
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_ROUTES = ROUTES
TASK_QUEUES, TASK_LIMITS = QUEUES, LIMITS
# A pool's process warms up before it says that it is up. With Celery's 4 s a busy machine would
# kill each one just before it is ready, for ever (found by tests/chaos).
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 120
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_REDIRECT_STDOUTS = False
# Tasks of one process share a connection; Celery would open one for each, whose first statements
# cost PostgreSQL more than the task's own work. `tasks.durable` replaces a connection that is old
# or has died.
CELERY_DB_REUSE_MAX = 1_000
CELERY_BEAT_SCHEDULER = "tasks.scheduler:SetClockScheduler"
CELERY_WORKER_CONSUMER = "tasks.consumer:LetterConsumer"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
_REDIS_TRANSPORT = {
    **line(CELERY_BROKER_URL),
    # Longer than any task may wait and run, or a slow one would be started twice. Expired tasks are
    # looked for every second, where kombu's default is ten times ten.
    "visibility_timeout": VISIBILITY_SECONDS,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
# RabbitMQ returns a dead worker's tasks by itself, and its client accepts none of these options.
CELERY_BROKER_TRANSPORT_OPTIONS = {} if CELERY_BROKER_URL.startswith("amqp") else _REDIS_TRANSPORT

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/console/login"
LOGIN_REDIRECT_URL = "/console/"
LOGOUT_REDIRECT_URL = "/console/login"
SESSION_ENGINE = "vcsm.accounts.sign_in_store"
SESSION_COOKIE_SECURE = env_flag("VCSM_HTTPS", default=False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
# Probes and scrapers on the inside speak HTTP.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_flag("VCSM_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
# Only its owner knows whether the host's other names may be held to HTTPS, and for good.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_AGE = 12 * 3600
"""Members sign in once a working day."""
if SESSION_COOKIE_SECURE and SECRET_KEY == _DEVELOPMENT_KEY:
    raise ImproperlyConfigured("VCSM_HTTPS is set and VCSM_SECRET_KEY is not: set it.")
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

STATIC_URL = "/static/"

STATICFILES_DIRS = [path for path in [ROOT / "frontend" / "dist"] if path.is_dir()]
# Served straight from the sources' folders: no collectstatic step after a build.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 60

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "vcsm.console.json_body.JsonBody",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["vcsm.console.throttle.MemberThrottle"],
    "EXCEPTION_HANDLER": "vcsm.console.errors.answer_exception",
    "DEFAULT_SCHEMA_CLASS": "vcsm.console.document.Document",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "VCSM console",
    "VERSION": "1",
    # Values of a choice are written where they are used: as components their names would collide.
    "POSTPROCESSING_HOOKS": [],
}

VCSM_DEMO = env_flag("VCSM_DEMO", default=False)
"""Serves the demo product at /demo/; `make demo` sets it."""

VCSM_ENCODER = env_text("VCSM_ENCODER", "")
"""A sentence-transformers model's name or folder; if empty, the installed all-MiniLM-L6-v2."""
VCSM_ENCODER_HERE = env_flag("VCSM_ENCODER_HERE", default=True)
"""Off in web processes (`manage.py up` sets it): they ask a worker to read a text."""
VCSM_ENCODER_BEFORE = env_text("VCSM_ENCODER_BEFORE", "")
"""The model before a change of `VCSM_ENCODER`: it answers until every vector is of the new one."""
VCSM_RERANKER = env_text("VCSM_RERANKER", "")
"""A sentence-transformers cross-encoder that chooses among the passages found; if empty, none."""
VCSM_ENCRYPTION_KEYS = env_list("VCSM_ENCRYPTION_KEYS", default=[])
"""Long random texts that seal secrets in the database: the first seals, all of them read. If empty,
the key is derived from VCSM_SECRET_KEY. `manage.py reseal_secrets` seals all under the first."""
VCSM_METRICS_TOKEN = env_text("VCSM_METRICS_TOKEN", "")
"""A request for /metrics must bring it; if empty, anybody who reaches the address may ask."""
VCSM_CACHE = HOME / "cache"
VCSM_LANGUAGES = env_list("VCSM_LANGUAGES", default=["en"])
"""Languages that the encoder reads; a message in another goes to a person, unguessed."""
LLM_URL = env_text("LLM_URL", "")
"""An OpenAI-compatible endpoint, e.g. `https://host/v1`, for answers in its own words; every
sentence is checked against the passage it cites. If empty, answers are the passages themselves."""
LLM_KEY = env_text("LLM_KEY", "")
LLM_MODEL = env_text("LLM_MODEL", "default")
SMTP_URL = env_text("SMTP_URL", "")
"""The mail server for digests, e.g. `smtp://name:password@host:587`; if empty, none is sent."""
_mail = mail_from_url(SMTP_URL)
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _mail.host, _mail.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.whole_line_sealed, _mail.sealed_later
DEFAULT_FROM_EMAIL = env_text("VCSM_MAIL_FROM", "vcsm@localhost")
VCSM_ADDRESS = env_text("VCSM_ADDRESS", "")
"""Where members open the console, e.g. `https://vcsm.example.com`, for links in what is sent."""
VCSM_EVENT_RETENTION_DAYS = env_number("VCSM_EVENT_RETENTION_DAYS", default=90)
VCSM_REPLAY_RETENTION_DAYS = env_number("VCSM_REPLAY_RETENTION_DAYS", default=30)

OTEL_EXPORTER_OTLP_ENDPOINT = env_text("OTEL_EXPORTER_OTLP_ENDPOINT", "")
"""A collector that takes OTLP over HTTP, e.g. `http://collector:4318`; if empty, no spans."""
OTEL_SERVICE_NAME = env_text("OTEL_SERVICE_NAME", "vcsm")
if OTEL_EXPORTER_OTLP_ENDPOINT and find_spec("opentelemetry") is None:
    raise ImproperlyConfigured(
        "OTEL_EXPORTER_OTLP_ENDPOINT is set and OpenTelemetry is not installed: install vcsm[otel]."
    )

LOGGING_CONFIG = "vcsm.core.log_lines.set_up_logs"
LOGGING = {
    "level": env_text("VCSM_LOG_LEVEL", "INFO"),
    "form": env_text("VCSM_LOG_FORMAT", "text" if sys.stderr.isatty() else "json"),
    "words": DEBUG,
}
