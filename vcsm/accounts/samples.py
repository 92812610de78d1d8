"""Removes erased contacts from the planner's statistics: PostgreSQL keeps samples of column values
(pg_statistic) until a table is analysed again."""

from django.db import connection, models, transaction

from vcsm.accounts.models import Contact
from vcsm.accounts.pointing import belonging_to

_CLEAR = """
SELECT pg_clear_attribute_stats(
 c.relnamespace::regnamespace::text, c.relname::text, a.attname::text, of_all)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, (VALUES (false), (true)) AS v(of_all)
WHERE a.attnum > 0 AND NOT a.attisdropped AND (c.oid = %(table)s::regclass
 OR c.oid IN (SELECT relid FROM pg_partition_tree(%(table)s::regclass)))
"""
_CLEARS_SINCE = 180000
"""The first PostgreSQL version that can clear statistics. Before it, an emptied table keeps its old
samples, because analysing no rows replaces none."""


def forget_samples() -> None:
    """Clears and renews the statistics of every table that holds rows about contacts."""
    for table in map(connection.ops.quote_name, _tables()):
        # One transaction for each table, so that none is locked for long.
        with transaction.atomic(), connection.cursor() as cursor:
            if cursor.connection.info.server_version >= _CLEARS_SINCE:
                cursor.execute(_CLEAR, {"table": table})
            cursor.execute(f"ANALYZE {table}")


def _tables() -> list[str]:
    kept: list[type[models.Model]] = [Contact]
    for owner in kept:  # the loop appends to it
        kept += {model for model, _ in belonging_to(owner)}.difference(kept)
    with connection.cursor() as cursor:
        there = connection.introspection.get_table_list(cursor)
    names = {one.name for one in there if one.type != "v"}
    return [model._meta.db_table for model in kept if model._meta.db_table in names]
