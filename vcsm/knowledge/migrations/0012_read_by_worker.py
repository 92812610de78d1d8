import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0011_words_as_owner")]

    operations = [
        migrations.AddField(
            model_name="articleversion",
            name="passages",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        # Before this migration a version was read before it was stored.
        migrations.RunSQL(
            "UPDATE knowledge_articleversion SET read_at = at", migrations.RunSQL.noop
        ),
        migrations.CreateModel(
            name="PassageAhead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("encoder_id", models.CharField(max_length=120)),
                ("vector", pgvector.django.halfvec.HalfVectorField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ahead",
                        to="knowledge.articleversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position", "encoder_id"), name="passage_ahead_once"
                    )
                ],
            },
        ),
    ]
