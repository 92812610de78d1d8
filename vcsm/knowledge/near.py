"""Finds the passages nearest to a vector: exactly in a small workspace, by HNSW in a large one.

One HNSW index serves all workspaces. pgvector's iterative scan goes on through it until enough rows
pass the filter, which works while a workspace holds a good share of all passages and loses recall
for a small one; a small one is scanned exactly in milliseconds.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from vcsm.core.embeddings import Vector

EXACT_UP_TO = 4_000
"""Number of passages up to which a workspace is searched exactly: some ten milliseconds."""
SEARCH_WIDTH = 300
"""`hnsw.ef_search`: candidates held during the walk; recall against speed."""
MAX_SCANNED = 40_000
"""`hnsw.max_scan_tuples`: where an iterative scan stops and takes what it has."""
WIDEST = 4_000
"""Width up to which HNSW can index a halfvec."""


@dataclass(frozen=True)
class Near:
    chunk_id: int
    cosine: float


_COUNT = """
SELECT count(*) FROM (
  SELECT 1 FROM knowledge_chunkvector WHERE workspace_id = %s AND encoder_id = %s LIMIT %s
) AS counted
"""
# MATERIALIZED makes the scan exact, whatever the planner thinks of the index.
_EXACT = """
WITH mine AS MATERIALIZED (
  SELECT v.chunk_id, v.vector FROM knowledge_chunkvector v
  JOIN knowledge_chunk c ON c.id = v.chunk_id
  JOIN knowledge_article a ON a.id = c.article_id AND a.published
  WHERE v.workspace_id = %(workspace)s AND v.encoder_id = %(encoder)s
)
SELECT chunk_id, vector <=> %(vector)s::halfvec AS distance
FROM mine ORDER BY distance, chunk_id LIMIT %(limit)s
"""
_BY_INDEX = """
WITH near AS MATERIALIZED (
  SELECT v.chunk_id, v.vector::halfvec({width}) <=> %(vector)s::halfvec({width}) AS distance
  FROM knowledge_chunkvector v
  WHERE v.workspace_id = %(workspace)s AND v.encoder_id = %(encoder)s
    AND vector_dims(v.vector) = {width}
    AND EXISTS (
      SELECT FROM knowledge_chunk c JOIN knowledge_article a ON a.id = c.article_id
      WHERE c.id = v.chunk_id AND a.published
    )
  ORDER BY distance LIMIT %(limit)s
)
SELECT chunk_id, distance FROM near ORDER BY distance, chunk_id
"""


def find_near(*, workspace_id: int, encoder_id: str, vector: Vector, limit: int) -> list[Near]:
    """Returns up to `limit` passages of published articles, nearest first.

    `vector` (width,) has length 1 and is by the encoder of that id.
    """
    asked: dict[str, int | str] = {
        "workspace": workspace_id,
        "encoder": encoder_id,
        "vector": str(vector.tolist()),
        "limit": limit,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COUNT, (workspace_id, encoder_id, EXACT_UP_TO + 1))
        (count,) = cursor.fetchone() or (0,)
        if count <= EXACT_UP_TO or vector.size > WIDEST:
            cursor.execute(_EXACT, asked)
        else:
            cursor.execute(
                "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true),"
                " set_config('hnsw.ef_search', %s, true),"
                " set_config('hnsw.max_scan_tuples', %s, true)",
                (str(SEARCH_WIDTH), str(MAX_SCANNED)),
            )
            cursor.execute(_BY_INDEX.format(width=vector.size), asked)
        return [Near(chunk_id, 1 - float(distance)) for chunk_id, distance in cursor.fetchall()]


def ensure_index(width: int) -> None:
    """Makes the index for vectors of that width where there is none.

    Outside a transaction it is built while searches and edits go on. Above WIDEST none is made.
    """
    if width > WIDEST:
        return
    name = f"chunk_near_{width}"
    with connection.cursor() as cursor:
        # An index that a crash left half built is useless and blocks its name.
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", (name,)
        )
        found = cursor.fetchone()
        if found and found[0]:
            return
        aside = "" if connection.in_atomic_block else "CONCURRENTLY"
        if found:
            cursor.execute(f"DROP INDEX {aside} IF EXISTS {name}")
        cursor.execute(
            f"CREATE INDEX {aside} IF NOT EXISTS {name} ON knowledge_chunkvector "
            f"USING hnsw ((vector::halfvec({width})) halfvec_cosine_ops) "
            f"WHERE vector_dims(vector) = {width}"
        )
