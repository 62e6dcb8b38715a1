import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
import ojakgyo.apps.network.models
import ojakgyo.domain.facts
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('knower', ojakgyo.apps.chronicle.fields.IdField()),
                ('known', ojakgyo.apps.chronicle.fields.IdField()),
                ('mutual', models.BooleanField()),
                ('first_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('last_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('times', models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('north', models.BooleanField()),
                ('number', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('north', 'number'), name='area_once')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.network.models.LineKind['PHONE'], max_length=32)),
                ('index', ojakgyo.apps.chronicle.fields.DigestField(max_length=16, unique=True)),
                ('number', ojakgyo.apps.chronicle.fields.SealedField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.domain.facts.LineState['ACTIVE'], max_length=32)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='people.person')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='vault.cell')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.area')),
            ],
        ),
    ]
