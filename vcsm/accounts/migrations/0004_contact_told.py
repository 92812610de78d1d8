from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_signed_identity")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
