"""The fields of a recipe in a reader's words: the labels of `training.schema`, as in the page."""

from __future__ import annotations

import re

from gan_lab.training.schema import FIELDS

LABELS = {name: field.label for name, field in FIELDS.items()}


def in_words_of_labels(sentence: str) -> str:
    """A sentence that names fields as the code does, in the words of the labels.

    Letters of the paper stay. As `inWords` of `front_end/ui/lab/controls/fields.js`.
    """
    first = sentence.split(" ", 1)[0]
    if len(first) > 1 and first in LABELS:
        sentence = LABELS[first] + sentence[len(first) :]
    for name, label in LABELS.items():
        if re.search(r"_|\d|^gp$", name):
            word = label[0].lower() + label[1:] if re.match("[A-Z][a-z]", label) else label
            sentence = re.sub(rf"\b{name}\b", word, sentence)
    return sentence
