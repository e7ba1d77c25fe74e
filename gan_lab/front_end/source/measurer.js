// What is slow to see, for the frame that is shown, once the game rests: asked for one frame at a time,
// and put where it belongs, whenever it comes.

// ask(request) -> Promise of the reply; run: a LiveRun; rests(): whether nothing moves; tell(): after any change.
export function measurer({ ask, run, rests, tell }) {
  let asked = null; // the entry that is being measured

  const lacks = (entry) => !!entry?.frame.still && !entry.vain;

  async function measure(entry) {
    asked = entry;
    const reply = await ask({ do: "measure", still: entry.frame.still }).catch(({ message }) => ({ error: message }));
    if (asked === entry) asked = null;
    if (reply.measured) run.complete(entry, reply.measured);
    else entry.vain = true; // it stays marked as what it is
    if (reply.error) run.say({ error: reply.error });
    tell();
  }

  return {
    lacks: () => lacks(run.shown),
    // Nothing is asked while it moves, nor a second time before the answer.
    bringUp: () => !asked && rests() && lacks(run.shown) && measure(run.shown),
    // This one, moving or not.
    measure: (entry) => (lacks(entry) ? measure(entry) : null),
  };
}
