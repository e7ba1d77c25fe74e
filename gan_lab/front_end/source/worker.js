// A game in a thread of its own: requests go to a worker, and its replies come back as promises.
//
// The worker is made from the text of the very functions that this page was loaded with, so that it
// needs no file and no network. Where a page may not start one, the session answers in the page itself,
// in short slices.

import { scriptOf } from "./own_script.js";
import { session } from "./session.js";

const SLICE = 8; // ms of training at a time, where the page has to do it

// The text of a worker that answers as a session.
export const workerText = () => scriptOf("$source$session") + SERVE;

const SERVE = `const { answer } = $source$session.session();
onmessage = ({ data }) => postMessage(answer(data));
`;

function startWorker() {
  try {
    const url = URL.createObjectURL(new Blob([workerText()], { type: "text/javascript" }));
    return { worker: new Worker(url), url };
  } catch {
    return null;
  }
}

// { ask(request) -> Promise of the reply, cut(), close(), note }. `note` is null, or says in a sentence that
// the page itself does the training. cut() breaks off what is under way: the worker is ended, whatever it is
// busy with, and another one goes on from the last reply, if that brought what it needs (`saved`); what was
// asked since is answered by { cut: true }. Whether it was cut.
export function workerClient({ start = startWorker, later = (wake) => setTimeout(wake, 0) } = {}) {
  const waiting = new Map(); // number -> { request, settle }
  let count = 0;
  let closed = false;
  let heard = false;
  let local = null;
  let saved = null; // of the last reply
  let begun = null;

  const settle = (number, reply) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    asked?.settle({ ...reply, id: asked.request.id });
  };
  const end = () => {
    if (!begun) return;
    begun.worker.terminate();
    URL.revokeObjectURL(begun.url);
    begun = null;
  };
  const answerHere = (number) =>
    later(() => {
      if (!waiting.has(number)) return;
      local ??= session();
      const { request } = waiting.get(number);
      const budget = Math.min(SLICE, request.budget ?? SLICE);
      settle(number, local.answer(request.do === "train" ? { ...request, budget } : request));
    });
  // A worker that was never heard may not run here; one that was has lost its game.
  const broken = (event) => {
    event?.preventDefault?.();
    end();
    if (!heard) for (const number of waiting.keys()) answerHere(number);
    else
      for (const number of [...waiting.keys()])
        settle(number, { error: "The worker broke off; start the game again." });
  };

  const hear = ({ data: { saved: more = null, ...reply } }) => {
    heard = true;
    if (waiting.has(reply.id) && !reply.measured && !reply.error) saved = more;
    settle(reply.id, reply);
  };
  function begin() {
    begun = start();
    if (begun) Object.assign(begun.worker, { onmessage: hear, onerror: broken, onmessageerror: broken });
  }
  begin();
  return {
    ask(request) {
      if (closed) return Promise.resolve({ id: request.id, error: "This game was closed." });
      const number = (count += 1);
      const reply = new Promise((done) => waiting.set(number, { request, settle: done }));
      if (begun) begun.worker.postMessage({ ...request, id: number });
      else answerHere(number);
      return reply;
    },
    cut() {
      if (!begun || !saved || !waiting.size) return false;
      end();
      for (const number of [...waiting.keys()]) settle(number, { cut: true });
      begin();
      begun?.worker.postMessage({ do: "resume", saved });
      return true;
    },
    close() {
      closed = true;
      end();
      for (const number of [...waiting.keys()]) settle(number, { error: "This game was closed." });
    },
    get note() {
      return begun ? null : "This page may not start a worker: the game is trained between its pictures, and slower.";
    },
  };
}
