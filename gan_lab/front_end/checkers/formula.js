// Formulas that a reader types: read, and evaluated on numbers or vectors, as gan_lab/checkers/formula.py does and with
// the same words for what cannot be read.

import { meanOf } from "../numeric/mean.js";

const LONGEST = 300; // characters
const DEEPEST = 140; // brackets in one another
const CONSTANTS = { e: Math.E, pi: Math.PI, inf: Infinity };
const OTHER_NAMES = { ln: "log", sigma: "sigmoid", p_data: "p", p_g: "q", p_G: "q" };
const UNITS = ["nat", "nats"];
/** @type {Record<string, string>} */
const OTHER_SIGNS = {
  ...{ "\u2212": "-", "\u2013": "-", "\u2010": "-", "·": "*", "⋅": "*", "∗": "*", "×": "*", "÷": "/", "⁄": "/" },
  ...{ "∕": "/", "[": "(", "]": ")", "{": "(", "}": ")", "²": "^2", "³": "^3" },
  ...{ σ: " sigmoid ", π: " pi ", "√": " sqrt ", "∑": " sum ", Σ: " sum ", "∞": " inf " },
};
const TOKEN = /((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|([^\t-\r ])/gu;
const MIXED = /([0-9]*)([¼-¾⅐-⅞])/g; // 2½
const LOG_OF_NUMBER = /^(ln|log(?!10))(\d+)$/;

// A function of numbers, taken element by element where there are vectors.
function lifted(f) {
  return (...values) => {
    const long = values.find(Array.isArray);
    return long ? long.map((_, i) => f(...values.map((v) => (Array.isArray(v) ? v[i] : v)))) : f(...values);
  };
}

const all = (values) => (Array.isArray(values) ? values : [values]);
const JOINS = {
  "+": lifted((a, b) => a + b),
  "-": lifted((a, b) => a - b),
  "*": lifted((a, b) => a * b),
  "/": lifted((a, b) => a / b),
};
const POWER = lifted((a, b) => (Number.isFinite(b) ? a ** b : Number.NaN)); // no value for an exponent without end
const NEGATIVE = lifted((a) => -a);
const FUNCTIONS = {
  log: lifted(Math.log),
  log2: lifted(Math.log2),
  exp: lifted(Math.exp),
  sqrt: lifted(Math.sqrt),
  abs: lifted(Math.abs),
  sigmoid: lifted((x) => 1 / (1 + Math.exp(-x))),
  sum: (values) => all(values).reduce((total, value) => total + value, 0),
  mean: (values) => meanOf(all(values)),
  max: lifted((a, b) => Math.max(a, b)),
  min: lifted((a, b) => Math.min(a, b)),
};
const TAKES_TWO = ["max", "min"];
const LATEX = "LaTeX is not read here: write \x60a/b\x60, \x60a^2\x60, \x60sqrt(a)\x60, \x60log(a)\x60.";
const UNREAD = { "=": "Write only what stands to the right of \x60=\x60.", "\\": LATEX, $: LATEX };
const NO_SIGN = "Between two numbers a sign is missing.";
const TWO_WAYS = "What is divided by can be read in two ways: put it in brackets.";
const COMMA = "A comma stands only in max and min: write decimals with a point.";
const LOG2 = "\x60log2(…)\x60 is the logarithm to the base 2. The natural one of 2 is \x60log(2)\x60.";
const needsBrackets = (name) => (name === "log2" ? LOG2 : `${code(name)} needs brackets: \x60${name}(…)\x60.`);
const code = (words) => `\x60${words}\x60`;

// A formula that cannot be read; its words are for the reader.
export class FormulaError extends Error {}

// A function from the variables' values, numbers or lists of them, to the formula's value.
/** @type {(text: string, variables?: string[]) => (values: Record<string, any>) => any} */
export function readFormula(text, variables = []) {
  const written = withOwnSigns(withOwnSigns(text.replace(MIXED, "(0$1+$2)")).normalize("NFKC")).replaceAll("**", "^");
  if ([...written].length > LONGEST) throw new FormulaError(`A formula may have ${LONGEST} characters.`);
  for (const [sign, told] of Object.entries(UNREAD)) if (written.includes(sign)) throw new FormulaError(told);
  return new Reader(written, variables).whole();
}

const withOwnSigns = (text) => Array.from(text, (sign) => OTHER_SIGNS[sign] ?? sign).join("");

// The name; or its factors, where they are written together, as in 2pq, ln2 and plog(q).
/** @type {(name: string, variables: string[]) => string[][]} */
function factors(name, variables) {
  const known = [OTHER_NAMES, CONSTANTS, FUNCTIONS].some((names) => Object.hasOwn(names, name));
  if (known || variables.includes(name)) return [["", name, ""]];
  const [, log, number] = LOG_OF_NUMBER.exec(name) ?? [];
  if (log)
    return [
      ["", log, ""],
      [number, "", ""],
    ];
  const others = variables.includes(name[0]) && name.length > 1 ? factors(name.slice(1), variables) : [];
  return others.length ? [["", name[0], ""], ...others] : [];
}

// A reader of one formula, from left to right; each method reads one kind of part.
class Reader {
  constructor(text, variables) {
    this.variables = variables;
    const tokens = Array.from(text.matchAll(TOKEN), (found) => found.slice(1).map((part) => part ?? ""));
    if (tokens.length > 1 && UNITS.includes(tokens.at(-1)[1])) tokens.pop();
    this.tokens = tokens.flatMap((token) => {
      const parts = token[1] ? factors(token[1], variables) : [];
      return parts.length ? parts : [token];
    });
    this.at = 0;
    this.depth = 0; // of brackets
    this.inBars = false;
  }

  // The sign that comes next, or "".
  get sign() {
    return this.tokens[this.at]?.[2] ?? "";
  }

  get ended() {
    return this.at >= this.tokens.length;
  }

  // Whether what comes next is a factor, without a sign before it.
  get beginsFactor() {
    return this.sign === "(" || (this.sign === "|" && !this.inBars) || (!this.ended && !this.sign);
  }

  whole() {
    if (!this.tokens.length) throw new FormulaError("Nothing is written yet.");
    const reading = this.sum();
    if (!this.ended) throw new FormulaError(this.unreadable());
    return reading;
  }

  unreadable() {
    if (this.sign === ")") return "A bracket is closed that was not opened.";
    if (this.sign === ",") return COMMA;
    return `${code(this.tokens[this.at].find(Boolean))} cannot be read here.`;
  }

  sum() {
    let reading = this.product();
    while (["+", "-"].includes(this.sign)) reading = this.joined(reading, () => this.product());
    return reading;
  }

  product() {
    let reading = this.factor();
    let slash = 0;
    while (["*", "/"].includes(this.sign) || this.beginsFactor) {
      if (this.betweenNumbers) throw new FormulaError(NO_SIGN);
      if (slash && this.beginsFactor && this.unclear(slash)) throw new FormulaError(TWO_WAYS);
      slash = this.sign === "/" ? this.at : 0;
      reading = this.joined(reading, () => this.factor());
    }
    return reading;
  }

  // Whether one number has just been read and another comes, as in 2 1/2.
  get betweenNumbers() {
    return this.tokens.slice(this.at - 1, this.at + 1).every(([number]) => number);
  }

  // Whether what comes may stand below the line: not in 1/2 p, nor in 1/m sum(p).
  unclear(slash) {
    const [above, below] = [this.tokens[slash - 1][0], this.tokens[slash + 1][0]];
    const name = this.tokens[this.at][1];
    return !(above && (below || Object.hasOwn(FUNCTIONS, OTHER_NAMES[name] ?? name)));
  }

  joined(left, next) {
    const sign = this.sign in JOINS ? this.sign : "";
    if (sign) this.at++;
    const right = next();
    const join = JOINS[sign || "*"];
    return (values) => join(left(values), right(values));
  }

  factor() {
    if (["+", "-"].includes(this.sign)) {
      const minus = this.sign === "-";
      this.at++;
      const inner = this.factor();
      return minus ? (values) => NEGATIVE(inner(values)) : inner;
    }
    const base = this.atom();
    if (this.sign === "%") {
      this.at++;
      return (values) => JOINS["/"](base(values), 100);
    }
    if (this.sign !== "^") return base;
    this.at++;
    const exponent = this.factor();
    return (values) => POWER(base(values), exponent(values));
  }

  atom() {
    if (this.ended) throw new FormulaError("Something is missing at the end.");
    const [number, name] = this.tokens[this.at];
    if (this.sign === "(") return this.alone(this.inBrackets());
    if (this.sign === "|" && !this.inBars) return this.betweenBars();
    if (!number && !name) throw new FormulaError(this.unreadable());
    this.at++;
    return number ? () => Number(number) : this.named(name);
  }

  alone([inner, ...others]) {
    if (others.length) throw new FormulaError(COMMA);
    return inner;
  }

  open() {
    this.at++;
    if (++this.depth > DEEPEST) throw new FormulaError(`Brackets may stand ${DEEPEST} deep.`);
  }

  betweenBars() {
    this.open();
    this.inBars = true;
    const inner = this.sum();
    if (this.sign !== "|") throw new FormulaError(`A bar ${code("|")} is not closed.`);
    this.at++;
    this.depth--;
    this.inBars = false;
    return (values) => FUNCTIONS.abs(inner(values));
  }

  // What stands between brackets, separated by commas.
  inBrackets() {
    this.open();
    const outside = this.inBars;
    this.inBars = false;
    const parts = [this.sum()];
    while (this.sign === ",") {
      this.at++;
      parts.push(this.sum());
    }
    if (this.sign !== ")") throw new FormulaError("A bracket is not closed.");
    this.at++;
    this.depth--;
    this.inBars = outside;
    return parts;
  }

  named(written) {
    const name = this.variables.includes(written) ? written : (OTHER_NAMES[written] ?? written);
    if (this.variables.includes(name)) {
      this.skipArgument();
      return (values) => values[name];
    }
    if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name];
    if (!Object.hasOwn(FUNCTIONS, name)) throw new FormulaError(this.unknown(written));
    const takes = 1 + Number(TAKES_TWO.includes(name));
    if (takes === 1 && this.tokens[this.at]?.[0]) {
      const argument = this.atom(); // log 4
      if (this.sign === "^" || this.beginsFactor) throw new FormulaError(needsBrackets(name));
      return (values) => FUNCTIONS[name](argument(values));
    }
    if (this.sign !== "(") throw new FormulaError(needsBrackets(name));
    const parts = this.inBrackets();
    if (parts.length !== takes)
      throw new FormulaError(`${code(name)} takes ${["one value", "two values"][takes - 1]}.`);
    return (values) => FUNCTIONS[name](...parts.map((part) => part(values)));
  }

  // Go past the (x) of p(x), where x is no variable.
  skipArgument() {
    const comes = this.tokens
      .slice(this.at, this.at + 3)
      .flat()
      .join("");
    const own = this.variables.includes("x") || this.variables.includes("z");
    if (["(x)", "(z)"].includes(comes) && !own) this.at += 3;
  }

  unknown(written) {
    const known = this.variables.map(code).join(", ") || "numbers";
    return `${code(written)} is not known here. Known are ${known}, and log, exp, sqrt and others.`;
  }
}
