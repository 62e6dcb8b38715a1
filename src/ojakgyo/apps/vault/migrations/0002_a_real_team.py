import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
import ojakgyo.apps.vault.models.officers
import ojakgyo.apps.vault.models.requests
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('taken_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('seq', models.BigIntegerField()),
                ('data_digest', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
                ('keys_digest', ojakgyo.apps.chronicle.fields.DigestField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('exchange_public', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=32)),
                ('signing_public', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='factor', serialize=False, to='vault.officer')),
                ('seed', ojakgyo.apps.chronicle.fields.SealedField()),
                ('last_step', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='cell',
            name='must_rotate',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='officer',
            name='slot',
            field=ojakgyo.apps.chronicle.fields.DigestField(max_length=8, null=True),
        ),
        migrations.AddField(
            model_name='officer',
            name='state',
            field=ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.vault.models.officers.OfficerState['ACTIVE'], max_length=32),
        ),
        migrations.AddField(
            model_name='officer',
            name='state_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(default=0),
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('about', ojakgyo.apps.chronicle.fields.IdField(default=0)),
                ('argument', models.BigIntegerField(default=0)),
                ('made_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('until_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('signed', ojakgyo.apps.chronicle.fields.OpenBytesField()),
                ('state', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.vault.models.requests.RequestState['OPEN'], max_length=32)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.officer')),
            ],
        ),
        migrations.CreateModel(
            name='CellEpoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveSmallIntegerField()),
                ('before', ojakgyo.apps.chronicle.fields.SealedField()),
                ('began_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='epochs', to='vault.cell')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cell', 'epoch'), name='cell_epoch_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveSmallIntegerField()),
                ('wrapped', ojakgyo.apps.chronicle.fields.SealedField()),
                ('signature', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=64)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisation_grants', to='vault.cell')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.officer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cell', 'epoch'), name='organisation_grant_once')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=64)),
                ('given_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.officer')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='vault.request')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'officer'), name='approval_once')],
            },
        ),
    ]
