"""What a service raises when a rule says no."""


class Refused(Exception):
    """A refusal for people: what is wrong, where, and what to do.

    `sentence` is Chinese and complete; `field` names the form field it belongs to;
    `rule` is the code of the regulation behind it (e.g. "MEET-11").
    Pages make it a form error (422), the API a problem object, tasks a state.
    """

    def __init__(self, sentence: str, *, field: str | None = None, rule: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.rule = rule
