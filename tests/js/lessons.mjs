// The experiments of book/lab.md as lessons: what each of them says holds of how many seeds. Deterministic:
//
//   node tests/js/lessons.mjs [first seed] [number of seeds] [name ...]
//
// prints JSON: name -> for each seed { holds, numbers }. The page's sentence names the shares of seeds 0 to 9,
// which stand in tests/js/lessons.json (written by this, `> tests/js/lessons.json`).

import { pathToFileURL } from "node:url";
import { rangeOfD } from "../../gan_lab/front_end/numeric/format.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";

const LOG2 = Math.log(2);

// A link's game at a seed, or that beside it, at iteration t; then more of it by `to` and `move`.
export function played(link, seed, second = false) {
  const { recipe, beside, wrong } = stateOfLink(link);
  if (wrong) throw new Error(wrong);
  const { answer } = session();
  const begun = answer({ do: "start", recipe: { ...recipe, ...(second ? beside : {}), seed } });
  if (begun.error) throw new Error(begun.error);
  let { frame } = begun;
  return {
    recipe,
    move: (what) => answer({ do: "move", what }).frame,
    to(t) {
      if (t > frame.t) answer({ do: "train", budget: 1e9, most: t - frame.t });
      return (frame = answer({ do: "see" }).frame);
    },
  };
}

const both = (link, seed) => [false, true].map((second) => played(link, seed, second));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const every = (game, from, to, step) =>
  Array.from({ length: (to - from) / step + 1 }, (_, i) => game.to(from + i * step).jsd);

// name -> { link, look(seed) -> { holds, numbers } }
export const LESSONS = {
  "A game that reaches its end": {
    link: "#lab=bump&rev=3&iterations=600&pace=20",
    look(seed) {
      const game = played(this.link, seed);
      const [early, later, end] = [20, 100, 600].map((t) => game.to(t));
      const [low, high] = rangeOfD(end);
      const jsds = [early, later, end].map(({ jsd }) => jsd);
      return {
        holds:
          jsds[0] > 0.1 &&
          jsds[1] < 0.01 &&
          jsds[2] < 0.002 &&
          Math.abs(end.V + 2 * LOG2) < 0.01 &&
          low > 0.4 &&
          high < 0.6,
        numbers: [...jsds, low, high],
      };
    },
  },
  "A discriminator that sees nothing": {
    link: "#lab=bare&rev=3&t=1000&charts=bound,losses",
    cure: "#lab=bare&rev=3&r1=0.005&r2=0.005&standardise=true&k=4&t=1000",
    look(seed) {
      const [blind, cured] = [this.link, this.cure].map((link) => played(link, seed).to(1000));
      const [low, high] = rangeOfD(blind);
      return {
        holds: low > 0.48 && high < 0.51 && blind.jsd > 0.09 && cured.jsd < 0.005,
        numbers: [blind.jsd, cured.jsd, low, high],
      };
    },
  },
  "One player alone": {
    link: "#lab=bump&rev=3&lr_G=0.01&t=10",
    look(seed) {
      const [D, G] = [played(this.link, seed), played(this.link, seed)];
      const start = D.to(10);
      G.to(10);
      let [sees, runs] = [start, start];
      for (let i = 0; i < 30; i++) [sees, runs] = [D.move("D"), G.move("G")];
      return {
        holds: sees.V > start.V && Math.abs(sees.C - start.C) < 1e-9 && runs.jsd > start.jsd && runs.V < -4 * LOG2,
        numbers: [start.V, sees.V, start.C, start.jsd, runs.jsd, runs.V],
      };
    },
  },
  "One step of D, or twenty": {
    link: "#lab=two&rev=3&k=1&pace=20&beside=k%3D20",
    look(seed) {
      const jsds = both(this.link, seed).map((game) => game.to(500).jsd);
      return { holds: jsds[0] > 2 * jsds[1], numbers: jsds };
    },
  },
  "Two losses, one direction": {
    link: "#lab=bump&rev=3&loss=minimax&standardise=false&r1=0&r2=0&k=20&pace=5&beside=loss%3Dnon-saturating",
    look(seed) {
      const [left, right] = both(this.link, seed);
      const numbers = [left.to(60).jsd, right.to(60).jsd, left.to(200).jsd, right.to(200).jsd];
      return { holds: numbers[0] > 0.69 && numbers[2] > 0.69 && numbers[3] < 0.01, numbers };
    },
  },
  "Round and round": {
    link: "#lab=bump&rev=3&k=1&r1=0&r2=0&lr_G=0.01&schedule=constant&beta1=0.9&pace=20&beside=beta1%3D0",
    look(seed) {
      const [left, right] = both(this.link, seed).map((game) => median(every(game, 760, 1500, 20)));
      return { holds: left > 0.2 && right < 0.05, numbers: [left, right] };
    },
  },
  "Noise of two values": {
    link: "#lab=two&rev=3&latent=bernoulli&pace=20",
    look(seed) {
      const frame = played(this.link, seed).to(300);
      return {
        holds: Math.abs(frame.jsd - LOG2) < 1e-9 && frame.modes_found === 1,
        numbers: [frame.jsd, frame.modes_found],
      };
    },
  },
  "Some modes and not others": {
    link: "#lab=ring&rev=3&lr_G=0.01&pace=20&beside=lr_G%3D0.002",
    look(seed) {
      const numbers = both(this.link, seed).map((game) => game.to(600).modes_found);
      return { holds: numbers[0] <= 2 && numbers[1] === 8, numbers };
    },
  },
  "A curve for a distribution": {
    link: "#lab=ring&rev=3&t=1000&show=D,real,fake,warp&beside=latent_dim%3D1",
    look(seed) {
      const [two, one] = both(this.link, seed).map((game) => game.to(1000));
      return {
        holds:
          two.modes_found === 8 &&
          one.modes_found === 8 &&
          Math.abs(one.jsd - LOG2) < 1e-9 &&
          one.quality < two.quality,
        numbers: [two.modes_found, one.modes_found, two.quality, one.quality, one.jsd],
      };
    },
  },
};

// name -> what was seen at each seed.
export function lessons(first, count, names = Object.keys(LESSONS)) {
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  return Object.fromEntries(names.map((name) => [name, seeds.map((seed) => LESSONS[name].look(seed))]));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first = "0", count = "10", ...names] = process.argv.slice(2);
  const found = lessons(Number(first), Number(count), names.length ? names : undefined);
  const short = (key, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
  const rows = Object.entries(found).map(
    ([name, seeds]) =>
      ` ${JSON.stringify(name)}: [\n${seeds.map((seed) => `  ${JSON.stringify(seed, short)}`).join(",\n")}\n ]`,
  );
  console.log(`{\n${rows.join(",\n")}\n}`); // a seed a line
}
