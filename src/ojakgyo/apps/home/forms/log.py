"""The one line of the log page: a code name and six digits, nothing else."""

from django import forms


class LineForm(forms.Form):
    line = forms.CharField(max_length=200)
