import ojakgyo.apps.chronicle.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='card',
            name='replace_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(null=True),
        ),
        migrations.AddField(
            model_name='card',
            name='replace_why',
            field=ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True),
        ),
    ]
