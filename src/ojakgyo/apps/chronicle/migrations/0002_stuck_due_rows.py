from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chronicle', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='stuck',
            name='stuck_once',
        ),
        migrations.AddField(
            model_name='stuck',
            name='due',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name='stuck',
            constraint=models.UniqueConstraint(condition=models.Q(('due__isnull', True)), fields=('reader', 'seq'), name='stuck_once_a_fact'),
        ),
        migrations.AddConstraint(
            model_name='stuck',
            constraint=models.UniqueConstraint(condition=models.Q(('due__isnull', False)), fields=('due',), name='stuck_once_a_due_row'),
        ),
    ]
