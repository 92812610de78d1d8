"""Holds the process's one writer of events, created when the first socket needs it."""

import asyncio

import psycopg
from django.db import connection

from vcsm.events.ingest import GroupCommit
from vcsm.friction.watch import FrictionWatch

_road: tuple[asyncio.AbstractEventLoop, GroupCommit, "asyncio.Task[None]"] | None = None


def event_road() -> GroupCommit:
    """Returns the running loop's writer; all sockets of the process share its commits."""
    global _road
    loop = asyncio.get_running_loop()
    if _road is None or _road[0] is not loop:
        commits = GroupCommit(connect=open_connection, watcher=FrictionWatch())
        _road = (loop, commits, loop.create_task(commits.run()))
    return _road[1]


def open_connection() -> psycopg.Connection:
    """Opens the writer's own connection to the process's database, in autocommit."""
    settings = connection.settings_dict
    options = {**settings["OPTIONS"], "application_name": "vcsm-events"}
    options.pop("pool", None)  # the writer keeps one connection for as long as the process lives
    return psycopg.connect(
        dbname=settings["NAME"],
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        autocommit=True,
        **options,
    )
