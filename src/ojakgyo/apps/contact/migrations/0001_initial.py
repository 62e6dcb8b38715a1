import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
import ojakgyo.apps.contact.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inbound',
            fields=[
                ('seq', models.BigAutoField(primary_key=True, serialize=False)),
                ('message', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, unique=True)),
                ('channel', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('ext_id', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
                ('line', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('person', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('words', ojakgyo.apps.chronicle.fields.SealedField(null=True)),
                ('same', ojakgyo.apps.chronicle.fields.DigestField(max_length=16)),
                ('received_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.contact.models.InboundState['WAITING'], max_length=32)),
                ('first', ojakgyo.apps.chronicle.fields.IdField(null=True)),
                ('code', ojakgyo.apps.chronicle.fields.DottedField(max_length=64, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['same', 'received_ms'], name='inbound_same')],
                'constraints': [models.UniqueConstraint(fields=('channel', 'ext_id'), name='inbound_once')],
            },
        ),
        migrations.CreateModel(
            name='Noticer',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='people.person')),
                ('delay_ms', ojakgyo.apps.chronicle.fields.DurationField()),
                ('noticer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('delay_ms', ojakgyo.apps.chronicle.fields.DurationField()),
                ('from_minute', models.PositiveSmallIntegerField(default=0)),
                ('to_minute', models.PositiveSmallIntegerField(default=1440)),
                ('exposes', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('rehearsed_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='people.person')),
                ('through', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relays_for', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Window',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('closes_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('grace_ms', ojakgyo.apps.chronicle.fields.DurationField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.contact.models.WindowState['AGREED'], max_length=32)),
                ('heard_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'opens_ms'], name='window_person')],
                'constraints': [models.UniqueConstraint(fields=('person', 'opens_ms'), name='window_once')],
            },
        ),
    ]
