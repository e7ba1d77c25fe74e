"""The labels of the bibliography: who and when, as the text cites it.

sphinxcontrib-bibtex writes "Goodfellow et al. [2014]" and "[Goodfellow et al., 2014]" in the text
and takes the labels of the list from pybtex, whose own styles know [GPAM+14] and [1] only.
"""

from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle


def who(entry) -> str:
    """The last names of one or two authors, or of the first one "et al."."""
    names = [" ".join(map(str, person.rich_last_names)) for person in entry.persons["author"]]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."


class AuthorYear(BaseLabelStyle):
    def format_labels(self, sorted_entries):
        labels = [f"{who(entry)}, {entry.fields['year']}" for entry in sorted_entries]
        if twice := {label for label in labels if labels.count(label) > 1}:
            raise ValueError(f"two entries of references.bib would both be cited as {twice.pop()}")
        return labels


class ByAuthor(Style):
    """Entries in the order of their authors and years, under the labels of the text."""

    default_sorting_style = "author_year_title"
    default_label_style = AuthorYear


def register():
    """Give pybtex the style, under the name that the book's bibliography uses."""
    register_plugin("pybtex.style.formatting", "by_author", ByAuthor)
