import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'number'), name='person_code_name')],
            },
        ),
        migrations.CreateModel(
            name='PersonRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', ojakgyo.apps.chronicle.fields.EnumField(max_length=32)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'role'), name='person_role_once')],
            },
        ),
    ]
