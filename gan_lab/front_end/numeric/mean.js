// The mean of numbers, of an array or a typed one.
export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
