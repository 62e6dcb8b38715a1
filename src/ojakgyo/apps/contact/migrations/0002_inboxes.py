import ojakgyo.apps.chronicle.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='inbound',
            name='cell',
            field=ojakgyo.apps.chronicle.fields.IdField(null=True),
        ),
        migrations.AddField(
            model_name='inbound',
            name='dropped',
            field=ojakgyo.apps.chronicle.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='inbound',
            name='epoch',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
