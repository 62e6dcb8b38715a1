import ojakgyo.apps.chronicle.fields
import ojakgyo.apps.chronicle.models
from django.db import migrations, models


ENTRY_STAYS = """CREATE TRIGGER entry_stays BEFORE UPDATE ON chronicle_entry
WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND NEW.seq IS OLD.seq AND NEW.kind IS OLD.kind AND NEW.v IS OLD.v
  AND NEW.actor IS OLD.actor AND NEW.recorded_ms IS OLD.recorded_ms AND NEW.inner IS OLD.inner AND NEW.hash IS OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the chronicle is never changed'); END"""
ENTRY_IS_KEPT = """CREATE TRIGGER entry_is_kept BEFORE DELETE ON chronicle_entry
BEGIN SELECT RAISE(ABORT, 'the chronicle is never shortened'); END"""


def first_head(apps, schema_editor):
    """The chain starts from 32 zero bytes."""
    apps.get_model("chronicle", "Head").objects.create(only=1, seq=0, hash=bytes(32))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('reader', ojakgyo.apps.chronicle.fields.DottedField(max_length=64, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', ojakgyo.apps.chronicle.fields.DottedField(max_length=96, unique=True)),
                ('kind', ojakgyo.apps.chronicle.fields.DottedField(max_length=64)),
                ('about', ojakgyo.apps.chronicle.fields.IdField()),
                ('due_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('run_id', ojakgyo.apps.chronicle.fields.IdField(default=0)),
                ('leased_until_ms', ojakgyo.apps.chronicle.fields.InstantField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.chronicle.models.DueState['WAITING'], max_length=32)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['kind', 'due_ms'], name='due_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', ojakgyo.apps.chronicle.fields.DottedField(max_length=64)),
                ('v', models.PositiveSmallIntegerField()),
                ('actor', ojakgyo.apps.chronicle.fields.DottedField(max_length=64)),
                ('recorded_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('salt', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=16, null=True)),
                ('body', ojakgyo.apps.chronicle.fields.OpenBytesField(null=True)),
                ('inner', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
                ('hash', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'seq'], name='entry_kind_seq')],
            },
        ),
        migrations.CreateModel(
            name='Stuck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader', ojakgyo.apps.chronicle.fields.DottedField(max_length=64)),
                ('seq', models.BigIntegerField()),
                ('code', ojakgyo.apps.chronicle.fields.DottedField(max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('again_ms', ojakgyo.apps.chronicle.fields.InstantField(default=0)),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.chronicle.models.StuckState['TRYING'], max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'seq'), name='stuck_once')],
            },
        ),
        migrations.RunPython(first_head, migrations.RunPython.noop),
        migrations.RunSQL(ENTRY_STAYS, "DROP TRIGGER entry_stays"),
        migrations.RunSQL(ENTRY_IS_KEPT, "DROP TRIGGER entry_is_kept"),
    ]
