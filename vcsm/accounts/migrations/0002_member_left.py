from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_start")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
