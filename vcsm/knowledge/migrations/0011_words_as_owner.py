"""Looks up words as the tables' owner, whoever asks.

Row-level security hides a table's statistics from those under it, and keeps the index of words from
being used. `knowledge_worded` shows callers in a workspace's scope that workspace alone.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION knowledge_word_rows(question text)
RETURNS TABLE (word text, expected float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH total AS (
  SELECT greatest(reltuples, 0) AS rows FROM pg_class WHERE oid = 'knowledge_chunk'::regclass
), often AS (
  SELECT unnest(most_common_elems::text::text[]) AS word,
         unnest(most_common_elem_freqs) AS share
  FROM pg_stats WHERE schemaname = 'public'
    AND tablename = 'knowledge_chunk' AND attname = 'words'
)
SELECT asked.word, coalesce(often.share, 0) * total.rows
FROM unnest(tsvector_to_array(to_tsvector('english', question))) AS asked(word)
CROSS JOIN total LEFT JOIN often ON often.word = asked.word
$$;

CREATE FUNCTION knowledge_worded(workspace bigint, wanted tsquery, enough int, at_most int)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF workspace <> coalesce(
    nullif(current_setting('vcsm.workspace', true), '')::bigint, workspace
  ) THEN
    RETURN;
  END IF;
  -- Planned anew each time: rare words and common ones want different roads.
  RETURN QUERY EXECUTE '
    WITH found AS MATERIALIZED (
      SELECT c.id, c.words FROM knowledge_chunk c
      JOIN knowledge_article a ON a.id = c.article_id AND a.published
      WHERE c.workspace_id = $1 AND c.words @@ $2
      LIMIT $3
    )
    SELECT id FROM found ORDER BY ts_rank(words, $2) DESC, id LIMIT $4
  ' USING workspace, wanted, enough, at_most;
END
$$;
"""
DROP = """
DROP FUNCTION knowledge_worded(bigint, tsquery, int, int);
DROP FUNCTION knowledge_word_rows(text);
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0010_import")]
    operations = [migrations.RunSQL(MAKE, DROP)]
