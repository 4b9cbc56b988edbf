"""What a reader may look for."""

from django import forms


class SearchForm(forms.Form):
    """A few words; longer ones are cut by the browser and refused here."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "到会、任期、党课"}),
    )
