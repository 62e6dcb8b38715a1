import ojakgyo.apps.chronicle.fields
from django.db import migrations, models

from ojakgyo.store import keyholder


def made_with_the_key_of_now(apps, schema_editor):
    """No ring had been drawn anew before this: every index there is was made with the present key."""
    lines = apps.get_model("network", "Line").objects
    if lines.exists():
        lines.update(made_with=keyholder.ring().line_key_id)


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='line',
            name='epoch',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='line',
            name='made_with',
            field=ojakgyo.apps.chronicle.fields.DigestField(max_length=8, null=True),
        ),
        migrations.AlterField(
            model_name='line',
            name='index',
            field=ojakgyo.apps.chronicle.fields.DigestField(max_length=16, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='line',
            name='number',
            field=ojakgyo.apps.chronicle.fields.SealedField(null=True),
        ),
        migrations.RunPython(made_with_the_key_of_now, migrations.RunPython.noop),
    ]
