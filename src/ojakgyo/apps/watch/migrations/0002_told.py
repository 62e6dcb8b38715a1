import ojakgyo.apps.chronicle.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('watch', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='warning',
            name='told_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(null=True),
        ),
        migrations.AddField(
            model_name='warning',
            name='told_by',
            field=ojakgyo.apps.chronicle.fields.IdField(null=True),
        ),
        migrations.AddField(
            model_name='warning',
            name='told_until_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(null=True),
        ),
    ]
