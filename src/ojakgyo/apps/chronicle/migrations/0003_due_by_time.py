import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chronicle', '0002_stuck_due_rows'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='due',
            name='due_waiting',
        ),
        migrations.AddIndex(
            model_name='due',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['due_ms', 'kind'], name='due_by_time'),
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('at_ms', ojakgyo.apps.chronicle.fields.InstantField()),
            ],
        ),
    ]
