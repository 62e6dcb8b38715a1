import ojakgyo.apps.alerts.models
import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('officer', ojakgyo.apps.chronicle.fields.IdField(primary_key=True, serialize=False)),
                ('address', ojakgyo.apps.chronicle.fields.SealedField()),
            ],
        ),
        migrations.CreateModel(
            name='Sunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('officer', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('at_ms', ojakgyo.apps.chronicle.fields.InstantField()),
            ],
        ),
        migrations.CreateModel(
            name='Watcher',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('address', ojakgyo.apps.chronicle.fields.SealedField()),
            ],
        ),
        migrations.CreateModel(
            name='Wake',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('warning', ojakgyo.apps.chronicle.fields.IdField()),
                ('officer', ojakgyo.apps.chronicle.fields.IdField()),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('round', models.PositiveSmallIntegerField()),
                ('due_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.alerts.models.WakeState['WAITING'], max_length=32)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('again_ms', ojakgyo.apps.chronicle.fields.InstantField(default=0)),
                ('run_id', ojakgyo.apps.chronicle.fields.IdField(default=0)),
                ('leased_until_ms', ojakgyo.apps.chronicle.fields.InstantField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('warning', 'round'), name='wake_once')],
            },
        ),
    ]
