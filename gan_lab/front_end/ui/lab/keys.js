// The keyboard on a lab's picture.

export const KEYS =
  "Space trains and pauses, the left and right arrows look back and on, Home and End go to the ends, " +
  "d and g make one step of D or G, b both, u takes the last act back, l does the next line of Algorithm 1, " +
  "s says what the picture shows, n and p go through its points, Escape leaves them.";

// Controls keep the keys that are their own.
const keepsKeys = (target) => !target.classList.contains("gan-lab-picture");

export function handleKey(event, { clock, transport, undo, figure, slow }) {
  if (event.ctrlKey || event.metaKey || event.altKey || keepsKeys(event.target)) return;
  const acts = {
    " ": transport.toggle,
    ArrowLeft: () => clock.step(-1),
    ArrowRight: () => clock.step(1),
    Home: () => clock.rewind(),
    End: () => clock.seek(Infinity),
    d: () => clock.move?.("D"),
    g: () => clock.move?.("G"),
    b: () => clock.move?.("both"),
    u: undo,
    l: () => {
      slow.open();
      clock.move?.("line");
    },
    s: () => figure.say(),
    n: () => figure.tooltip.step(1),
    p: () => figure.tooltip.step(-1),
    Escape: () => figure.tooltip.hide(),
  };
  if (!Object.hasOwn(acts, event.key)) return;
  acts[event.key]();
  event.preventDefault();
  event.stopPropagation(); // a notebook has its own use for these keys
}
