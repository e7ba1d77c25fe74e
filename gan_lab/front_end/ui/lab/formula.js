// What the players play for, as formulas with a number under this minibatch: V, or the loss that was chosen, a term a
// row, and of both players the step. The row that a line of Algorithm 1 works out is lit.

import { playsForV } from "../../frame/pays.js";
import { formatNumber } from "../../numeric/format.js";
import { meanOf } from "../../numeric/mean.js";
import { FORMULAS } from "../../training/recipe/schema.js";
import { element } from "../elements.js";

const AT = { data: "D(x)", samples: "D(G(z))" };
const OVER = { data: "x", samples: "z", pairs: "x, z" };
const TURNED = { "+": "−", "−": "+" };

// "−E_p log σ(D) − E_q log(1 − σ(D))" as its terms, cut where no bracket is open.
function partsOf(text) {
  let [depth, parts] = [0, [""]];
  for (const letter of text.replace(", pairs", "")) {
    if ("([".includes(letter)) depth++;
    if (")]".includes(letter)) depth--;
    if (depth === 0 && "+−".includes(letter) && parts.at(-1).trim()) parts.push("");
    parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

// Where D is a probability its output is a logit, and σ of that is what the paper calls D.
function bodyOf(text, side, probability) {
  if (side === "pairs") return text.replaceAll("D(y)", "D(G(z))");
  const plain = probability
    ? text.replaceAll("σ(D)", "@").replaceAll(/\bD\b/g, "logit @")
    : text.replaceAll(/\bD\b/g, "@");
  return plain.replaceAll("@", AT[side]);
}

function termOf(part, probability) {
  const [, sign, factor, over, body] = part.match(/^([+−]?)\s*(½?)\s*E(?:_([pq]))?\s*(.*)$/);
  const side = { p: "data", q: "samples" }[over] ?? "pairs";
  return { sign: sign || "+", factor, side, body: bodyOf(body, side, probability) };
}

const softened = (body, a) => `${formatNumber(1 - a)} ${body} + ${formatNumber(a)} log(1 − D(x))`;

// The terms { sign, factor, side, body } of what D plays for, data first, and of G's loss; null where there is no formula.
export function formulaOf({ loss, smoothing = 0, r1 = 0, r2 = 0, gp = 0 }) {
  if (!Object.hasOwn(FORMULAS, loss)) return null;
  const V = playsForV(loss);
  const terms = (text) => partsOf(text).map((part) => termOf(part, V));
  let D = terms(FORMULAS[loss].D).sort((a, b) => (a.side < b.side ? -1 : a.side > b.side ? 1 : 0));
  if (V) D = D.map((term) => ({ ...term, sign: TURNED[term.sign] }));
  if (smoothing)
    D = D.map((term) => (term.side === "data" ? { ...term, body: `[${softened(term.body, smoothing)}]` } : term));
  return { V, penalised: [r1, r2, gp].some((each) => each > 0), D, G: terms(FORMULAS[loss].G) };
}

export const termText = ({ sign, factor, side, body }, first) =>
  `${sign === "−" ? "−" : first ? "" : "+ "}${factor}E_${OVER[side].replace(", ", ",")} ${body}`;

const LETTERS = /([DGLVxz]|∇)/;
const italics = (words) =>
  words.split(LETTERS).map((part) => (LETTERS.test(part) && part !== "∇" ? element("i", {}, part) : part));
const sub = (words) => element("sub", {}, ...italics(words));
const written = ({ sign, factor, side, body }, first) => [
  `${sign === "−" ? (first ? "−" : "− ") : first ? "" : "+ "}${factor}`,
  "𝔼",
  sub(OVER[side]),
  body.startsWith("[") ? "" : " ",
  ...italics(body),
];

const LIT = {
  "sample noise for D": ["D", "samples"],
  "sample data for D": ["D", "data"],
  "move D": ["D", "step"],
  "sample noise for G": ["G", "samples"],
  "move G": ["G", "step"],
};

function isLit(line, player, part) {
  const [who, what] = LIT[line] ?? [];
  return who === player && (what === part || (part === "pairs" && what !== "step"));
}

function row(player, part, words) {
  const number = element("span", { class: "gan-lab-term-is" });
  const el = element("li", { "data-term": `${player} ${part}` }, element("span", {}, ...words), number);
  return { el, player, part, number };
}

const IS = " = ";
function rowsOf({ V, penalised, D, G }) {
  const named = V ? italics("V(G, D)") : [...italics("L"), sub("D")];
  const [terms_D, terms_G] = [D, G].map((terms, i) =>
    terms.map((term, k) => {
      const head = k ? [] : i ? [...italics("L"), sub("G"), IS] : [...named, IS];
      return row(i ? "G" : "D", term.side, [...head, ...written(term, !k)]);
    }),
  );
  const goal = V ? italics("V") : [...italics("L"), sub("D")];
  const aim = penalised ? ["(", ...goal, V ? " − penalties)" : " + penalties)"] : goal;
  const step_D = row("D", "step", [...italics("D"), V ? " goes up " : " goes down ", "∇", sub("D"), " ", ...aim]);
  const step_G = row("G", "step", [...italics("G"), " goes down ", "∇", sub("G"), " ", ...italics("L"), sub("G")]);
  return [...terms_D, step_D, ...terms_G, step_G];
}

// The numbers of a minibatch by row: the mean of what was paid, and of the step the sum before and after it.
export function numbersOf({ V = false }, minibatch) {
  if (!minibatch) return {};
  const { player, pays, paid, loss, line } = minibatch;
  const mean = (values) => (values ? meanOf(values) : NaN);
  const sum = ({ real, fake }) => mean(fake) + (player === "D" ? mean(real) : 0);
  const found = { [`${player} samples`]: [mean(pays.fake)], [`${player} data`]: [mean(pays.real)] };
  const drawn = player === "G" || pays.real;
  if (drawn && pays.fake) found[`${player} step`] = paid ? [sum(paid), sum(pays)] : [sum(pays)];
  else if (line.startsWith("move") && loss !== null) found[`${player} step`] = [V && player === "D" ? -loss : loss];
  return found;
}

// The rows of a game's formulas as a list; show({ recipe, frame, line }).
export function buildFormula() {
  const el = element("ul", {
    class: "gan-lab-formulas",
    "aria-label": "What is played for, and its mean on this minibatch",
    hidden: "",
  });
  let [known, rows, formula] = ["", [], null];
  const take = (recipe) => {
    const found = formulaOf(recipe);
    const text = JSON.stringify(found);
    if (text === known) return;
    known = text;
    formula = found;
    rows = formula ? rowsOf(formula) : [];
    el.replaceChildren(...rows.map((each) => each.el));
    el.hidden = !formula;
  };
  function show({ recipe, frame, line }) {
    if (!recipe) return;
    take(recipe);
    const numbers = numbersOf(formula ?? {}, line ? frame?.minibatch : null);
    for (const { el: item, player, part, number } of rows) {
      const lit = !!line && isLit(line.name, player, part);
      item.classList.toggle("gan-lab-lit", lit);
      if (lit) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
      const found = (numbers[`${player} ${part}`] ?? []).filter(Number.isFinite);
      number.textContent = found.map((value) => formatNumber(value, 3)).join(" → ");
    }
  }
  return { el, show };
}
