import django.db.models.deletion
import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('vault', '0002_a_real_team'),
    ]

    operations = [
        migrations.CreateModel(
            name='RealName',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='real_name', serialize=False, to='people.person')),
                ('ident', ojakgyo.apps.chronicle.fields.SealedField()),
            ],
        ),
        migrations.AddField(
            model_name='person',
            name='forgotten_ms',
            field=ojakgyo.apps.chronicle.fields.InstantField(null=True),
        ),
        migrations.CreateModel(
            name='PersonKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveSmallIntegerField()),
                ('wrapped', ojakgyo.apps.chronicle.fields.SealedField()),
                ('drawn_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.cell')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['cell', 'epoch'], name='person_key_epoch')],
                'constraints': [models.UniqueConstraint(fields=('person', 'cell'), name='person_key_once')],
            },
        ),
    ]
