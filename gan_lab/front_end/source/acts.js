// What was done with a game, act by act, so that exactly one of them can be taken back.
//
// An act is all that was asked for under one name: a step, a whole iteration, a change of the rules, a line of
// Algorithm 1, a run of many asks, a new game with the way to its moment. As gan_lab/widgets/kernel/acts.py.

const ROOM = 500; // acts
const GAMES = 3; // earlier games that can be gone back to

export class Acts {
  constructor() {
    this.list = []; // the place before each: { game, count: moves made, drawn: lines since, mark: what is said of it }
    this.name = null; // of the last one, which may go on
  }

  get length() {
    return this.list.length;
  }

  // Something was done that began at this place, null where there was no game. Without a name it is an act
  // of its own.
  add(name, place) {
    if (place && (name === undefined || name !== this.name)) this.list.push(place);
    this.name = name;
    const games = [...new Set(this.list.map(({ game }) => game).reverse())];
    const kept = games.slice(0, GAMES + 1);
    this.list = this.list.slice(-ROOM).filter(({ game }) => kept.includes(game));
  }

  // The place before the last act, which is forgotten; undefined where there is none.
  pop() {
    this.name = null;
    return this.list.pop();
  }

  // The game went back to its first `count` moves: what was done after them never was.
  cut(game, count) {
    this.name = null;
    this.list = this.list.filter((place) => place.game !== game || place.count < count);
  }
}
