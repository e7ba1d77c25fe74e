// The text of the very modules that this page runs: a worker is made of it, and a page that stands alone. So
// neither needs a file or the network.

let made = null; // each module as a function, by its variable in the joined text, in an order that works

// Called once by the joined text (widgets/bundle.py).
export function carry(functions) {
  made = functions;
}

const used = (text) => text.match(/\$[a-z][\w$]*/g).filter((name) => Object.hasOwn(made, name));

// What a module needs, itself the last, as a text that defines each by its variable.
export function scriptOf(module) {
  if (!made) throw new Error("These modules were not joined into one text, which a script of its own needs.");
  const found = new Set();
  const waiting = [module];
  while (waiting.length) {
    const name = waiting.pop();
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...used(`${name} ${made[name]}`));
  }
  const wanted = Object.keys(made).filter((name) => found.has(name));
  const modules = wanted.map((name) => `const ${name} = ($made.${name} = ${made[name]})();\n`);
  return `"use strict";\nconst $made = {};\n${modules.join("\n")}\n`;
}
