from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("knowledge", "0012_read_by_worker")]

    operations = [
        AddIndexConcurrently(
            model_name="articleversion",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["at"],
                name="article_version_unread",
            ),
        ),
    ]
