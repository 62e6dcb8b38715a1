import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('exchange_public', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=32)),
                ('signing_public', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=32)),
                ('vouched', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=64)),
                ('memory_kib', models.PositiveIntegerField()),
                ('rounds', models.PositiveSmallIntegerField()),
                ('lanes', models.PositiveSmallIntegerField()),
                ('salt', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=16)),
                ('bundle', ojakgyo.apps.chronicle.fields.SealedField()),
                ('enrolled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolled', to='vault.officer')),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', ojakgyo.apps.chronicle.fields.DigestField(max_length=32, unique=True)),
                ('expires_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='vault.officer')),
            ],
        ),
        migrations.CreateModel(
            name='ApiScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scopes', to='vault.apitoken')),
            ],
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('number', models.PositiveSmallIntegerField()),
                ('area', ojakgyo.apps.chronicle.fields.IdField()),
                ('epoch', models.PositiveSmallIntegerField(default=1)),
                ('inbox_public', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('side', 'number'), name='cell_code')],
            },
        ),
        migrations.CreateModel(
            name='EntryToken',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', ojakgyo.apps.chronicle.fields.DigestField(max_length=32, unique=True)),
                ('half', ojakgyo.apps.chronicle.fields.SealedField(null=True)),
                ('spent_ms', ojakgyo.apps.chronicle.fields.InstantField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='vault.officer')),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveSmallIntegerField()),
                ('wrapped', ojakgyo.apps.chronicle.fields.SealedField()),
                ('signature', ojakgyo.apps.chronicle.fields.OpenBytesField(max_length=64)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='vault.cell')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='granted', to='vault.officer')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='vault.officer')),
            ],
        ),
        migrations.CreateModel(
            name='OfficerRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='vault.officer')),
            ],
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.UniqueConstraint(fields=('word', 'number'), name='officer_code_name'),
        ),
        migrations.AddConstraint(
            model_name='apiscope',
            constraint=models.UniqueConstraint(fields=('token', 'scope'), name='api_scope_once'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(fields=('cell', 'epoch', 'officer'), name='grant_once'),
        ),
        migrations.AddConstraint(
            model_name='officerrole',
            constraint=models.UniqueConstraint(fields=('officer', 'role'), name='officer_role_once'),
        ),
    ]
