// A number as a reader types it, never taken for another one. As gan_lab/widgets/kernel/typed_number.py.
//
// A comma may stand for the point. What can be read in two ways ("1,000", or "1.000" where a whole number is
// wanted), has separators of thousands, or more digits than a page can hold is no number.

const NUMBER = /^[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$/i;
const TWO_WAYS = /^[-+]?[1-9]\d{0,2},\d{3}$/;

const isExact = (words, number) => !/^[-+]?\d+$/.test(words) || BigInt(words) === BigInt(number);
const isThousands = (words, number) => TWO_WAYS.test(words) || (Number.isInteger(number) && /[.,]/.test(words));

// The number in these words, or the words, which whoever asks for a number refuses.
export function typedNumber(typed, whole = false) {
  const words = typed.trim().replace("−", "-");
  const number = Number(words.replace(",", "."));
  const known = NUMBER.test(words) && Number.isFinite(number) && isExact(words, number);
  const doubtful = whole ? isThousands(words, number) : TWO_WAYS.test(words);
  return known && !doubtful ? number : typed.trim();
}
