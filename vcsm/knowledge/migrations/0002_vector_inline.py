from django.db import migrations


class Migration(migrations.Migration):
    """Keeps vectors in the row: an exact scan that fetches each from the TOAST table is slow."""

    dependencies = [("knowledge", "0001_start")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE knowledge_chunk ALTER COLUMN vector SET STORAGE MAIN",
            "ALTER TABLE knowledge_chunk ALTER COLUMN vector SET STORAGE EXTERNAL",
        )
    ]
