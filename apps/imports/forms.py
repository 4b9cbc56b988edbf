"""The upload."""

from __future__ import annotations

from django import forms

from apps.imports.safety import MAX_BYTES, TOO_LARGE


class UploadForm(forms.Form):
    file = forms.FileField(
        label="表格文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.et"}),
        help_text="点一下选文件，或者把文件拖到上面。.xlsx、.xls、.csv 都可以，不用先整理格式。",
        error_messages={
            "required": "请先选一个文件。",
            "empty": "这个文件是空的。",
            "invalid": "请先选一个文件。",
        },
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ChoiceForm(forms.Form):
    """What to do with faulty rows: with all of them, or with the one at sheet and row."""

    action = forms.ChoiceField(
        choices=[(each, each) for each in ("skip_errors", "keep_errors", "skip", "keep", "adopt")]
    )
    sheet = forms.CharField(required=False, strip=False)
    row = forms.IntegerField(required=False, min_value=1)

    def choice(self) -> dict[str, object]:
        """The keyword arguments of `services.choose`."""
        action = self.cleaned_data["action"]
        if action in ("skip_errors", "keep_errors"):
            return {"skip_errors": action == "skip_errors"}
        return {action: (self.cleaned_data["sheet"], self.cleaned_data["row"])}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") in ("skip", "keep", "adopt") and not cleaned.get("row"):
            raise forms.ValidationError("没有说是哪一行。")
        return cleaned
