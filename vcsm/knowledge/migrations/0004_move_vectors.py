from django.db import migrations

MOVE = """
INSERT INTO knowledge_chunkvector (chunk_id, workspace_id, encoder_id, vector)
SELECT id, workspace_id, encoder_id, vector::halfvec FROM knowledge_chunk;
INSERT INTO knowledge_library (workspace_id, encoder_id, version)
SELECT DISTINCT ON (workspace_id) workspace_id, encoder_id, 1
FROM knowledge_chunk GROUP BY workspace_id, encoder_id ORDER BY workspace_id, count(*) DESC;
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_chunk_vectors")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
