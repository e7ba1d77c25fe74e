// Plays games by their sessions, as the lab does, and says what it copies as Python:
// node copy_games.mjs jobs.json, where a job is a list of one game or two, { recipe, requests }.

import { readFileSync } from "node:fs";
import { session } from "../../gan_lab/front_end/source/session.js";
import { pythonText } from "../../gan_lab/front_end/ui/lab/share/python_code.js";

function played({ recipe, requests }) {
  const { answer } = session();
  let last = answer({ do: "start", recipe });
  for (const request of requests) {
    last = answer(request.do === "train" ? { budget: 1e9, ...request } : request);
    if (last.error) throw new Error(last.error);
  }
  return { last, told: answer({ do: "tell", count: last.made }).told };
}

const job = (games) => {
  const all = games.map(played);
  return {
    text: pythonText(all.map(({ told }) => told)),
    told: all.map(({ told }) => told),
    ends: all.map(({ last }) => endOf(last)),
  };
};

function endOf({ frame }) {
  const names = ["t", "turn", "V", "C", "jsd", "loss_D", "loss_G"].filter((name) => frame[name] !== undefined);
  const list = (values) => values && Array.from(values);
  return {
    ...Object.fromEntries(names.map((name) => [name, frame[name]])),
    G_z: list(frame.G_z),
    fake: list(frame.fake),
  };
}

console.log(JSON.stringify(JSON.parse(readFileSync(process.argv[2])).map(job)));
