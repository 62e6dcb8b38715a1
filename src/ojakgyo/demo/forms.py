"""What the buttons of the practice band send."""

from django import forms

from ojakgyo.demo import story
from ojakgyo.demo.cast import people


class SeatForm(forms.Form):
    who = forms.ChoiceField(choices=[(each.key, each.key) for each in people.OFFICERS])


class StoryForm(forms.Form):
    story = forms.ChoiceField(choices=[(each, each) for each in story.STORIES], required=False)


class GuideForm(forms.Form):
    guide = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
