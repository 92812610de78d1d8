import django.db.models.deletion
from django.db import migrations, models
from pgvector.django import HalfVectorField


class Migration(migrations.Migration):
    """Gives vectors a table of their own, with one row per passage and encoder."""

    dependencies = [("accounts", "0001_start"), ("knowledge", "0002_vector_inline")]

    operations = [
        migrations.CreateModel(
            name="Library",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="accounts.workspace",
                    ),
                ),
                ("encoder_id", models.CharField(max_length=120)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ChunkVector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("encoder_id", models.CharField(max_length=120)),
                ("vector", HalfVectorField()),
                (
                    "chunk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vectors",
                        to="knowledge.chunk",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="accounts.workspace"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE knowledge_chunkvector ALTER COLUMN vector SET STORAGE MAIN",
            migrations.RunSQL.noop,
        ),
    ]
