from django.db import migrations, models


class Migration(migrations.Migration):
    """Drops the old columns; the index for the bundled encoder's width comes after the rows."""

    dependencies = [("knowledge", "0004_move_vectors")]

    operations = [
        migrations.RemoveField(model_name="chunk", name="vector"),
        migrations.RemoveField(model_name="chunk", name="encoder_id"),
        migrations.AddConstraint(
            model_name="chunkvector",
            constraint=models.UniqueConstraint(
                fields=("chunk", "encoder_id"), name="chunk_vector_once"
            ),
        ),
        migrations.AddIndex(
            model_name="chunkvector",
            index=models.Index(fields=["workspace", "encoder_id"], name="chunk_vector_mine"),
        ),
        migrations.RunSQL(
            "CREATE INDEX chunk_near_384 ON knowledge_chunkvector "
            "USING hnsw ((vector::halfvec(384)) halfvec_cosine_ops) "
            "WHERE vector_dims(vector) = 384",
            "DROP INDEX chunk_near_384",
        ),
    ]
