// Counter-based randomness, the very numbers of gan_lab/core/random_streams.py: a draw is a function of (seed,
// purpose, iteration, step, index) and of nothing else.
//
// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, SC 2011. Uniform and normal numbers are made with
// + - * / and the square root alone, in the order of the Python, so that they are its bits.

// What a draw is for. The numbers are those of Domain in core/random_streams.py.
export const DOMAIN = {
  G_WEIGHTS: 0,
  D_WEIGHTS: 1,
  DATA_FOR_D: 2,
  NOISE_FOR_D: 3,
  DATA_FOR_G: 4,
  NOISE_FOR_G: 5,
  PICK_FOR_D: 6,
  PICK_FOR_G: 7,
  BETWEEN_FOR_D: 8,
  BLUR_DATA_FOR_D: 9,
  BLUR_FAKE_FOR_D: 10,
  BLUR_DATA_FOR_G: 11,
  BLUR_FAKE_FOR_G: 12,
  BETWEEN_FOR_G: 13,
  PICK_TRAINING_SET: 14,
  DATA_TRAINING_SET: 15,
};

// The upper 32 bits of the product of two 32-bit words, from the products of their halves.
function high(a, b) {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const p = Math.imul(ah, bl);
  const q = Math.imul(al, bh);
  const middle = (Math.imul(al, bl) >>> 16) + (p & 0xffff) + (q & 0xffff);
  return (Math.imul(ah, bh) + (p >>> 16) + (q >>> 16) + (middle >>> 16)) | 0;
}

// Ten rounds of Philox4x32: four counter words and two key words to four random words in `out`.
export function philox(c0, c1, c2, c3, k0, k1, out) {
  for (let round = 0; round < 10; round++) {
    const a = high(c0, 0xd2511f53);
    const b = high(c2, 0xcd9e8d57);
    const low = Math.imul(c0, 0xd2511f53);
    c0 = b ^ c1 ^ k0;
    c1 = Math.imul(c2, 0xcd9e8d57);
    c2 = a ^ c3 ^ k1;
    c3 = low;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// A 32-bit word as a number strictly between 0 and 1: the middle of its cell.
export const unit = (word) => (word + 0.5) * 2 ** -32;

const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
const ATANH = Float64Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 1));
const SINE = Float64Array.from({ length: 9 }, (_, n) => (-1) ** n / factorial(2 * n + 1));
const COSINE = Float64Array.from({ length: 9 }, (_, n) => (-1) ** n / factorial(2 * n));
const POWERS = Float64Array.from({ length: 33 }, (_, n) => 2 ** -n);

// Horner's rule, lowest power first.
function polynomial(y, coefficients) {
  let total = coefficients[coefficients.length - 1];
  for (let i = coefficients.length - 2; i >= 0; i--) total = total * y + coefficients[i];
  return total;
}

// log(unit(word)): the exponent, and the series of atanh for the mantissa.
function logUnit(word) {
  const bits = 32 - Math.clz32(word);
  let mantissa = (word + 0.5) * POWERS[bits]; // from 1/2 to 1
  let exponent = bits - 32;
  if (mantissa < Math.sqrt(0.5)) {
    mantissa *= 2;
    exponent -= 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  return polynomial(s * s, ATANH) * s + exponent * Math.LN2;
}

// Two words to two independent standard normal numbers, Box and Muller 1958.
function boxMuller(first, second, out, at) {
  const radius = Math.sqrt(-2 * logUnit(first));
  const angle = (((second & 0x3fffffff) + 0.5) * 2 ** -30 - 0.5) * (Math.PI / 2);
  const square = angle * angle; // within a quarter turn, where the series are short
  const sine = polynomial(square, SINE) * angle;
  const cosine = polynomial(square, COSINE);
  const quarter = second >>> 30;
  const sign = 1 - (quarter & 2);
  out[at] = radius * (sign * (quarter & 1 ? -sine : cosine));
  out[at + 1] = radius * (sign * (quarter & 1 ? cosine : sine));
}

export class Stream {
  constructor(seed) {
    this.key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
    this.words = new Uint32Array(4);
    this.four = new Float64Array(4);
  }

  // Uniform numbers on (0, 1), as many as `out` is long.
  uniform(purpose, iteration, step, out) {
    const {
      words,
      key: [k0, k1],
    } = this;
    for (let i = 0; i < out.length; i += 4) {
      philox(i >>> 2, iteration, step, purpose, k0, k1, words);
      const end = Math.min(4, out.length - i);
      for (let j = 0; j < end; j++) out[i + j] = unit(words[j]);
    }
    return out;
  }

  // Standard normal numbers, as many as `out` is long.
  normal(purpose, iteration, step, out) {
    const {
      words,
      four,
      key: [k0, k1],
    } = this;
    for (let i = 0; i < out.length; i += 4) {
      philox(i >>> 2, iteration, step, purpose, k0, k1, words);
      boxMuller(words[0], words[1], four, 0);
      boxMuller(words[2], words[3], four, 2);
      const end = Math.min(4, out.length - i);
      for (let j = 0; j < end; j++) out[i + j] = four[j];
    }
    return out;
  }
}
