import django.db.models.deletion
import ojakgyo.apps.cards.models
import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', ojakgyo.apps.chronicle.fields.IdField(default=ojakgyo.apps.chronicle.fields.new_id, editable=False, primary_key=True, serialize=False)),
                ('row', models.PositiveIntegerField(default=0)),
                ('state', ojakgyo.apps.chronicle.fields.SealedField()),
                ('in_use', ojakgyo.apps.chronicle.fields.EnumField(default=ojakgyo.apps.cards.models.CardState['ACTIVE'], max_length=32)),
                ('issued_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='OwnNumber',
            fields=[
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='cards.card')),
                ('number', ojakgyo.apps.chronicle.fields.SealedField()),
            ],
        ),
        migrations.CreateModel(
            name='LateRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('drawn', ojakgyo.apps.chronicle.fields.SealedField()),
                ('until_ms', ojakgyo.apps.chronicle.fields.InstantField()),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cards.card')),
            ],
        ),
        migrations.CreateModel(
            name='UsedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('tag', ojakgyo.apps.chronicle.fields.DigestField(max_length=16)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cards.card')),
            ],
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(condition=models.Q(('in_use', 'active')), fields=('person',), name='one_card_in_use'),
        ),
        migrations.AddConstraint(
            model_name='laterow',
            constraint=models.UniqueConstraint(fields=('card', 'row'), name='late_row_once'),
        ),
        migrations.AddConstraint(
            model_name='usedtext',
            constraint=models.UniqueConstraint(fields=('card', 'tag'), name='used_text_once'),
        ),
    ]
