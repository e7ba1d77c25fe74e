// The page's address, which follows a lab: at rest, and only after its reader has done something.

const REST = 400; // milliseconds until the address follows

export class Address {
  write;
  link;
  touched;
  settled;
  timer;

  // write(link), or null where the address is not this lab's; link() -> the link of the game and the view of now.
  constructor(write, link) {
    Object.assign(this, { write, link, touched: false, settled: false, timer: null });
  }

  touch() {
    this.touched = true;
  }

  // News of the clock. A game that has just come to rest is written at once: who leaves the page then finds this
  // moment again.
  hear({ playing, settled }) {
    const came = settled && !this.settled;
    this.settled = settled;
    if (!playing) this.follow(came ? 0 : REST);
  }

  follow(rest = REST) {
    clearTimeout(this.timer);
    if (!this.write || !this.touched) return;
    const put = () => this.settled && this.write(this.link());
    if (rest) this.timer = setTimeout(put, rest);
    else put();
  }

  stop() {
    clearTimeout(this.timer);
  }
}
