from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_second_factor_required")]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="currency",
            field=models.CharField(db_default="USD", default="USD", max_length=3),
        ),
    ]
