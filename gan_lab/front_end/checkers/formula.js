// Formulas that a reader types: read, and evaluated on numbers or vectors, as gan_lab/checkers/formula.py does and with
// the same words for what cannot be read.

import { meanOf } from "../numeric/mean.js";

const LONGEST = 300; // characters
const DEEPEST = 140; // brackets in one another
const CONSTANTS = { e: Math.E, pi: Math.PI };
const OTHER_NAMES = { ln: "log", p_data: "p", p_g: "q", p_G: "q" };
/** @type {Record<string, string>} */
const OTHER_SIGNS = {
  ...{ "\u2212": "-", "\u2013": "-", "·": "*", "×": "*", "÷": "/", "[": "(", "]": ")", "{": "(", "}": ")" },
  ...{ "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)", "⅓": "(1/3)", "⅔": "(2/3)", "²": "^2", "³": "^3" },
  ...{ σ: "sigmoid", π: "pi", "√": " sqrt ", "∑": " sum ", Σ: " sum " },
};
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|(\S))/g;

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
const POWER = lifted(Math.pow);
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
const COMMA = "A comma stands only in max and min: write decimals with a point.";
const EQUALS = "Write only what stands to the right of `=`.";
const LATEX = "LaTeX is not read here: write `a/b`, `a^2`, `sqrt(a)`, `log(a)`.";
const code = (words) => `\x60${words}\x60`;

function needsBrackets(name) {
  const told = `${code(name)} needs brackets: ${code(`${name}(…)`)}.`;
  return name === "log2" ? `${told} The logarithm of 2 is ${code("log(2)")}.` : told;
}

// A formula that cannot be read; its words are for the reader.
export class FormulaError extends Error {}

// A function from the variables' values, numbers or lists of them, to the formula's value.
/** @type {(text: string, variables?: string[]) => (values: Record<string, any>) => any} */
export function readFormula(text, variables = []) {
  const written = [...text]
    .map((sign) => OTHER_SIGNS[sign] ?? sign)
    .join("")
    .replaceAll("**", "^");
  if (written.length > LONGEST) throw new FormulaError(`A formula may have ${LONGEST} characters.`);
  if (!written.trim()) throw new FormulaError("Nothing is written yet.");
  if (written.includes("=")) throw new FormulaError(EQUALS);
  return new Reader(written, variables).whole();
}

// A reader of one formula, from left to right; each method reads one kind of part.
class Reader {
  constructor(text, variables) {
    this.variables = variables;
    const own = variables.includes("x") || variables.includes("z"); // else p(x) is p
    const plain = own ? text : text.replace(/(?<=\w)\s*\(\s*[xz]\s*\)/g, "");
    this.tokens = [...plain.matchAll(TOKEN)].map(([, ...parts]) => parts);
    this.at = 0;
    this.depth = 0; // of brackets
  }

  // The sign that comes next, or "".
  get sign() {
    return this.tokens[this.at]?.[2] ?? "";
  }

  get ended() {
    return this.at >= this.tokens.length;
  }

  whole() {
    const reading = this.sum();
    if (!this.ended) throw new FormulaError(this.unreadable());
    return reading;
  }

  unreadable() {
    if (this.sign === ")") return "A bracket is closed that was not opened.";
    if (this.sign === ",") return COMMA;
    if (["\\", "$"].includes(this.sign)) return LATEX;
    return `${code(this.tokens[this.at].find(Boolean))} cannot be read here.`;
  }

  sum() {
    let reading = this.product();
    while (["+", "-"].includes(this.sign)) reading = this.joined(reading, () => this.product());
    return reading;
  }

  product() {
    let reading = this.factor();
    while (["*", "/", "("].includes(this.sign) || (!this.ended && !this.sign))
      reading = this.joined(reading, () => this.factor());
    return reading;
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
    const power = this.factor();
    return (values) => POWER(base(values), power(values));
  }

  atom() {
    if (this.ended) throw new FormulaError("Something is missing at the end.");
    const [number, name] = this.tokens[this.at];
    if (this.sign === "(") return this.alone(this.inBrackets());
    if (this.sign === "|") {
      const inner = this.alone(this.inBrackets("|"));
      return (values) => FUNCTIONS.abs(inner(values));
    }
    if (!number && !name) throw new FormulaError(this.unreadable());
    this.at++;
    return number ? () => Number(number) : this.named(name);
  }

  alone([inner, ...others]) {
    if (others.length) throw new FormulaError(COMMA);
    return inner;
  }

  // What stands between brackets or bars, separated by commas.
  inBrackets(closing = ")") {
    if (++this.depth > DEEPEST) throw new FormulaError(`Brackets may stand ${DEEPEST} deep.`);
    const parts = [];
    do {
      this.at++;
      parts.push(this.sum());
    } while (this.sign === ",");
    if (this.sign !== closing) throw new FormulaError("A bracket is not closed.");
    this.at++;
    this.depth--;
    return parts;
  }

  named(written) {
    const name = this.variables.includes(written) ? written : (OTHER_NAMES[written] ?? written);
    if (this.variables.includes(name)) return (values) => values[name];
    if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name];
    if (!Object.hasOwn(FUNCTIONS, name)) throw new FormulaError(this.unknown(written));
    const takes = 1 + Number(TAKES_TWO.includes(name));
    if (takes === 1 && this.tokens[this.at]?.[0]) {
      const argument = this.atom(); // log 4
      return (values) => FUNCTIONS[name](argument(values));
    }
    if (this.sign !== "(") throw new FormulaError(needsBrackets(name));
    const parts = this.inBrackets();
    if (parts.length !== takes)
      throw new FormulaError(`${code(name)} takes ${["one value", "two values"][takes - 1]}.`);
    return (values) => FUNCTIONS[name](...parts.map((part) => part(values)));
  }

  unknown(written) {
    const letters = written.replace(/\d+$/, "");
    const name = OTHER_NAMES[letters] ?? letters;
    if (Object.hasOwn(FUNCTIONS, name) && this.sign !== "(") return needsBrackets(name); // log3
    if ([...written].every((letter) => this.variables.includes(letter)))
      return `${code(written)} is not known here. Write ${code([...written].join("*"))}.`;
    const known = this.variables.map(code).join(", ") || "numbers";
    return `${code(written)} is not known here. Known are ${known}, and log, exp, sqrt and others.`;
  }
}
