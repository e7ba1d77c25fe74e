"""Formulas that are typed, and exercises whose wrong answers are named."""

import numpy as np
import pytest

from gan_lab.checkers import EXERCISES, PREDICTIONS, Exercise, Mistake, Variable
from gan_lab.checkers.exercise import GENERAL, RIGHT
from gan_lab.checkers.formula import LATEX, LOG2, NO_SIGN, TWO_WAYS, FormulaError, read_formula

ROUNDED = {"Three digits": ".3g", "Two decimals": ".2f"}  # else two digits
AT = {"p": 0.3, "q": 0.5, "v": np.array([1.0, 2.0, 4.0])}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2*3", 7), ("2^3^2", 512), ("-2^2", -4), ("2 - -1", 3), ("6/2*3", 9), ("6/2(3)", 9),
        ("2p", 0.6), ("2 p q", 0.3), ("2(p + q)", 1.6), ("½ p", 0.15), ("p − q", -0.2),
        ("p(x)/(p(x) + q(z))", 0.375), ("p_data / p_g", 0.6), ("p_G", 0.5), ("3·p×q÷q", 0.9),
        ("log 4", np.log(4)), ("2 log(2)", np.log(4)), ("ln(e^2)", 2), ("log2(8)", 3),
        ("pi", np.pi),
        ("sigmoid(0)", 0.5), ("max(p, q)", 0.5), ("[p + q] {2}", 1.6), (".5e1", 5),
        ("sqrt(4)**2", 4),
        ("sqrt(2p)^2", 0.6), ("2pq", 0.3), ("2pq^2", 0.15), ("1/2 p", 0.15), ("1/2(p + q)", 0.4),
        ("2|p − q| / |−q|", 0.8), ("|p - (|q|)|", 0.2), ("√4 + √(4)", 4), ("p²q³", 0.09 * 0.125),
        ("2π", 2 * np.pi), ("⅓ + ⅔ + ¾", 1.75), ("75%", 0.75), ("-50% p", -0.15),
        ("ln2", np.log(2)), ("2log4", 2 * np.log(4)), ("pln(q)", 0.3 * np.log(0.5)),
        ("1/p ln(q)", np.log(0.5) / 0.3), ("0.69 nats", 0.69),
        ("sigma(0)", 0.5), ("\u00a02 ×\u2009（p ＋ q）", 1.6), ("𝑝/𝑞", 0.6),
        ("p_data( x )q(z)", 0.15), ("σ(0)", 0.5), ("∞", np.inf), ("1^∞", np.nan),
        ("p²", 0.09), ("(p + q)³", 0.512), ("√(4 q²)", 1), ("√4", 2), ("¾ p", 0.225), ("⅓ + ⅔", 1),
        ("p/|−q|", 0.6), ("|p − q| + |p|", 0.5), ("|-v|^2", AT["v"] ** 2), ("30 %", 0.3),
        ("50% p", 0.15), ("1 − 5%", 0.95), ("Σ(v)", 7), ("∑(v²)", 21),
        ("∑(v)/7 ⋅ ⅛", 0.125), ("12½ p", 3.75),
        ("2⅛ + q¾", 2.5), ("3/½", 6),
        ("sum(v)", 7), ("mean(v^2)", 7), ("sum(v)/mean(v)", 3), ("abs(-p)", 0.3), ("exp(0)", 1),
    ],
)  # fmt: skip
def test_formulas_are_read_as_one_writes_them(text, value):
    assert read_formula(text, tuple(AT))(AT) == pytest.approx(value, rel=1e-14, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing is written yet."), ("  ", "Nothing is written yet."),
        ("p +", "Something is missing at the end."), ("(p", "A bracket is not closed."),
        ("p)", "A bracket is closed that was not opened."), 
        ("log p", "`log` needs brackets: `log(…)`."),
        ("0,5", "A comma stands only in max and min: write decimals with a point."),
        ("p * / q", "`/` cannot be read here."), ("max(p)", "`max` takes two values."),
        ("max 4", "`max` needs brackets: `max(…)`."),
        ("(0,5)", "A comma stands only in max and min: write decimals with a point."),
        ("(" * 141 + "1" + ")" * 141, "Brackets may stand 140 deep."),
        ("2 1/2", NO_SIGN), ("1 000 p", NO_SIGN),
        ("p/2q", TWO_WAYS), ("1/p(1 + q)", TWO_WAYS), ("1/2p/q p", TWO_WAYS),
        ("log 2p", "`log` needs brackets: `log(…)`."),
        ("log 2^p", "`log` needs brackets: `log(…)`."),
        ("log2 - p", LOG2), ("log2", LOG2), ("log10", "`log10` is not known here. Known are `p`, "
         "`q`, `v`, and log, exp, sqrt and others."), ("|p", "A bar `|` is not closed."),
        ("||p||", "`|` cannot be read here."), ("|(" * 71, "Brackets may stand 140 deep."),
        ("nats", "`nats` is not known here. Known are `p`, `q`, `v`, and log, exp, sqrt and "
         "others."),
        ("|1|(1)" * 25 + "(" * 141, "Brackets may stand 140 deep."),
        ("|1|(1)" * 35 + "(" * 75, "Something is missing at the end."),
        ("2(x)", "`x` is not known here. Known are `p`, `q`, `v`, and log, exp, sqrt and others."),
        ("log(x)", "`x` is not known here. Known are `p`, `q`, `v`, and log, exp, sqrt and "
         "others."),
        ("log(p, q)", "`log` takes one value."),
        ("D = p", "Write only what stands to the right of `=`."), (r"log \frac{p}{q}", LATEX),
        ("$p$", LATEX), ("p |q", "A bar `|` is not closed."),
        ("Σ p", "`sum` needs brackets: `sum(…)`."),
        ("__import__('os')", "`__import__` is not known here. Known are `p`, `q`, `v`, and log, "
         "exp, sqrt and others."), ("p" * 301, "A formula may have 300 characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(text, words):
    with pytest.raises(FormulaError) as told:
        read_formula(text, tuple(AT))
    assert str(told.value) == words


@pytest.mark.parametrize("letter", "xz")
def test_a_letter_that_is_a_variable_stands_in_brackets_too(letter):
    at = {letter: 4.0}
    assert read_formula(f"sqrt({letter}) + 2({letter})", (letter,))(at) == 10
    assert read_formula(f"{letter}({letter})", (letter,))(at) == 16


def test_brackets_within_brackets_are_no_danger():
    deep = "(" * 140 + "1" + ")" * 139
    with pytest.raises(FormulaError, match="not closed"):
        read_formula(deep)
    assert read_formula(deep + ")")({}) == 1


def everything():
    return [pytest.param(one, id=one.name) for one in EXERCISES.values()]


@pytest.mark.parametrize("asked", everything())
def test_each_mistake_gets_its_own_words(asked):
    assert asked.verdict(asked.right).words == RIGHT
    for mistake in asked.mistakes:
        verdict = asked.verdict(mistake.answer)
        assert not verdict and verdict.words == mistake.means, mistake.answer


NUMBERS = [one for one in EXERCISES.values() if not one.variables and not one.choose]


@pytest.mark.parametrize("asked", NUMBERS, ids=lambda one: one.name)
def test_a_number_is_right_when_it_is_rounded(asked):
    form = next((form for words, form in ROUNDED.items() if words in asked.question), ".2g")
    assert asked.verdict(format(float(read_formula(asked.right)({})), form)), asked.name


@pytest.mark.parametrize("asked", everything())
def test_no_mistake_gives_the_answer_away(asked):
    told = "".join(one.means for one in asked.mistakes).replace(" ", "")
    assert asked.choose or f"`{asked.right}`".replace(" ", "") not in told


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("best D from counts", "(a/1000)/(a/1000 + b/500)"), ("a ratio of three", "¾"),
        ("a ratio of three", "75 %"), ("the price of an answer", "dln(d/y)+(1-d)ln((1-d)/(1-y))"),
        ("growth of the Dirac-GAN", "√(1 + h²/4)"), ("growth of the Dirac-GAN", "|1 + h^2/4|**0.5"),
        ("never an invention", "-sum(q log(p/q))"), ("three modes of nine", "ln3 nats"),
        ("another conjugate", "e^t − 1"), ("pairs that are alike", "0.69"),
        ("D* over a stretched z", "ap/(ap + g)"), ("a KL below 0", "½ln(s²) − ½(s² − 1)"),
        ("both losses at once", "r^-2"), ("seen less unseen", "ln(2(1 − u))"),
        ("share nearer", "c + ½(1 − c)"), ("G of a bell", "½z + 3"),
        ("what a loss of D proves", "ln2 − ½L"), ("the other loss", "ln(1/(1 − e^(−g)))"),
        ("data that D has seen", "tkm"), ("cost of a code", "½ sum(m² + t² − 1 − log(t²))"),
        ("what n good runs exclude", "1 − 20^(−1/n)"), ("second of seven", "87.5%"),
        ("Fréchet distance of a pixel", "m² − 2mn + n² + |s − r|²"),
        ("gamma at another size", "gr²"),
        ("V on a minibatch", "1/m sum(log(r)) + 1/m sum(log(1−f))"),
        ("V on a minibatch", "mean(ln(r) + ln(1 − f))"),
        ("density of two branches", "a/|s| + b/|t|"), ("two steps", "1/(1 + s^−2)"),
        ("label of a fake in G's step", "1/(1 + e^−s)"), ("label of a fake in G's step", "σ(s)"),
        ("an eight from its ink", "sb/(sb + (1−s)a)"), ("what a model pays", "sum(p ln(1/q))"),
        ("C from a library", "2d²ln2 − 2ln2"),
        ("C on four points", "sum(p ln(p(x)/(p+q)) + q ln(q/(p+q)))"),
    ],
)  # fmt: skip
def test_a_right_answer_is_right_in_another_form(name, answer):
    assert EXERCISES[name].verdict(answer).words == RIGHT


def test_names_are_unique_over_the_book():
    from gan_lab.checkers.all_chapters import MODULES

    assert len(EXERCISES) == sum(len(module.EXERCISES) for module in MODULES)
    assert len(PREDICTIONS) == sum(len(module.PREDICTIONS) for module in MODULES)


@pytest.mark.parametrize("asked", [pytest.param(one, id=one.name) for one in PREDICTIONS.values()])
def test_what_is_found_is_as_the_reader_would_have_to_say(asked):
    """The numbers found lie where they can be drawn, and no mistake has them."""
    found = asked.compute()
    assert np.all(np.isfinite(found.written)) and not found.mended
    answer = found.written if asked.places else found.number
    assert asked.verdict_on(answer, found).words == "As you said."
    assert not asked.named(found.written if asked.places else [found.number])
    if asked.ends:
        assert asked.ends[0] <= np.min(answer) <= np.max(answer) <= asked.ends[1]


SHARE = Exercise(
    "share", "What is D*?", "p/(p+q)", (Mistake("q/(p+q)", "Of the samples."),), "A share.",
    (Variable("p", "data", (0.3, 1.2, 0.05)), Variable("q", "samples", (0.8, 0.4, 0.5))),
)  # fmt: skip
MEAN = Exercise(
    "mean", "E p?", "sum(p*v)", (), "",
    (Variable("p", "", ((0.5, 0.5), (0.1, 0.9))), Variable("v", "", ((1.0, 3.0), (2.0, 5.0)))),
)  # fmt: skip


@pytest.mark.parametrize("factor", range(len(GENERAL)))
def test_general_mistakes_are_known(factor):
    change, words = GENERAL[factor]
    made = ["-({})", "2*({})", "({})/2", "({})/log(2)", "1/({})", "1-({})"][factor]
    if factor == 5:
        assert SHARE.verdict("1 - p/(p+q)").words == "Of the samples."
        return
    assert SHARE.verdict(made.format(SHARE.right)).words == words
    assert change(3.0) == pytest.approx(float(read_formula(made.format(3))({})))


def test_a_value_that_is_none_and_a_vector_are_told():
    assert SHARE.verdict("log(p - 1)").words == "Your formula has no value where p = 0.3, q = 0.8."
    assert SHARE.verdict("p").words == (
        "Not yet. Your formula gives too much where p = 1.2, q = 0.4."
    )
    assert MEAN.verdict("p*v").words.endswith("a sum or a mean is missing.")
    assert MEAN.verdict("sum(v)").words == (
        "Not yet. Your formula gives too much where p = (0.1, 0.9), v = (2, 5)."
    )


def test_numbers_are_answers_and_nonsense_is_refused():
    two = Exercise("two", "1 + 1?", "2", (), "", within=0.01)
    assert two.verdict(2) and two.verdict(2.004) and not two.verdict(1.9)
    with pytest.raises(ValueError, match="^an answer is a formula or a number, not None$"):
        two.verdict(None)
    choice = Exercise("c", "Which?", "`b`", (Mistake("`a`", "No."),), "", choose=True)
    assert choice.verdict("`b`") and choice.verdict("`a`").words == "No."
    with pytest.raises(ValueError, match="^an answer is one of"):
        choice.verdict("c")
