// At each place the median over seeds; `rows` has the numbers of each seed.

import { medianOf } from "../numeric/mean.js";

export const medianAt = (rows) => rows[0].map((_, place) => medianOf(rows.map((row) => row[place])));
