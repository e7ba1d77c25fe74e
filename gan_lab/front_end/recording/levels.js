// Levels of 16 bits, as gan_lab/recording/file_format.py writes numbers for a page.

export const MISSING = 65535;

// What a level stands for between the ends of a range; nan where the number was not known.
export const ofLevel = (level, low, high) => (level === MISSING ? NaN : low + ((high - low) * level) / (MISSING - 1));
