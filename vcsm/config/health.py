"""Tells balancers and monitors whether this process lives, can work, and how much it does."""

import hmac

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from vcsm.core.metrics import read_metrics
from vcsm.dead_letters.metrics import ask_letters


def healthz(request: HttpRequest) -> HttpResponse:
    """Says that this process answers, and nothing about what stands behind it."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Returns 200 when database and broker answer and the schema is ours; else 503 and why not."""
    missing = {
        name: trouble
        for name, trouble in (("database", _database_trouble()), ("redis", _redis_trouble()))
        if trouble
    }
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Returns Prometheus' text; where VCSM_METRICS_TOKEN is set, only to requests that bear it."""
    token = settings.VCSM_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(given.encode(), token.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(
        read_metrics(ask_letters), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _database_trouble() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not answer."
    return f"{len(waiting)} migrations wait: run manage.py migrate." if waiting else ""


def _redis_trouble() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return "Redis does not answer."
    return ""
