// How the three losses of G are told apart in pictures: by colour, by dash, and by name.

import { DASH } from "./theme.js";

export const LOSS_WORDS = {
  minimax: "minimax",
  "non-saturating": "non-saturating",
  "maximum-likelihood": "likelihood",
};

export const lossStyles = (theme) => ({
  minimax: { color: theme.D, width: 2.2, dash: DASH.D },
  "non-saturating": { color: theme.p_g, width: 2.4, dash: DASH.p_g },
  "maximum-likelihood": { color: theme.p_data, width: 2.4, dash: DASH.p_data },
});
