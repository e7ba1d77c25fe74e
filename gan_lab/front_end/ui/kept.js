// What the browser keeps for a reader, where it allows that; where it does not, nothing is kept, and nothing thrown.

const withStorage = (act) => {
  try {
    return act(window.localStorage); // refused in some frames and private windows, or full
  } catch {
    return null;
  }
};

export const kept = (name) => withStorage((storage) => storage.getItem(name));
export const keep = (name, value) => withStorage((storage) => storage.setItem(name, String(value)));
export const forget = (name) => withStorage((storage) => storage.removeItem(name));
