import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
import ojakgyo.apps.watch.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('because', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('result', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('meaning', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('report', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('reliability', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('credibility', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('source', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('heard_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('since_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('window', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('window_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'heard_ms'], name='signal_person')],
            },
        ),
        migrations.CreateModel(
            name='Warning',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('episode', models.PositiveSmallIntegerField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.watch.models.WarningState['OPEN'], max_length=32)),
                ('deadline_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('owner', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('duress', models.BooleanField(default=False)),
                ('shown', models.BooleanField(default=False)),
                ('acknowledged', models.BooleanField(default=False)),
                ('red_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('route', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('answer', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('reason', ojakgyo.apps.chronicle.fields.EnumField(max_length=32, null=True)),
                ('because', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('closed_seq', models.BigIntegerField(null=True)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'episode'), name='warning_episode')],
            },
        ),
    ]
