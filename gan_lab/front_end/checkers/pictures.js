// What is predicted in the chapter on pictures: the mean Fréchet distance of two samples of n of N(0, 1).

const SIZES = [3, 5, 10, 20, 40, 80];

// Gamma(n/2) / Gamma((n - 1)/2), of which two in a row have the product n/2 - 1.
const ratio = (n) => (n === 2 ? 1 / Math.sqrt(Math.PI) : (n / 2 - 1) / ratio(n - 1));

// The means differ by 2/n in the mean square; c is the mean of a sample's standard deviation.
function distanceOfTwoSamples(n) {
  const c = Math.sqrt(2 / (n - 1)) * ratio(n);
  return 2 / n + 2 * (1 - c * c);
}

export const NUMBERS_OF_PICTURES = { "distance of one distribution": () => [SIZES.map(distanceOfTwoSamples)] };
