import ojakgyo.apps.chronicle.fields
from django.db import migrations
from django.db.models import F

WEEK_MS = 7 * 24 * 3_600_000


def for_a_week(apps, schema_editor):
    """What was heard before there was a choice weighs for seven days from when it was told."""
    signals = apps.get_model('watch', 'Signal')
    signals.objects.filter(kind='report', expires_ms=None).update(expires_ms=F('heard_ms') + WEEK_MS)


class Migration(migrations.Migration):

    dependencies = [
        ('watch', '0002_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='signal',
            name='expires_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(null=True),
        ),
        migrations.RunPython(for_a_week, migrations.RunPython.noop),
    ]
