from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_digest_reader")]
    operations = [
        migrations.AddField(
            model_name="digestmail",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
