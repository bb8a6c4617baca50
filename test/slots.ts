/** Limits how much runs at the same time. What is asked for first with the lowest order comes next. */
export class Slots {
  #free: number;
  readonly #waiting: { readonly order: number; readonly start: () => void }[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Does the work once a slot is free. */
  async with<T>(order: number, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else
      await new Promise<void>((start) => {
        const at = this.#waiting.findIndex((other) => other.order > order);
        this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { order, start });
      });
    try {
      return await work();
    } finally {
      // The slot goes on to the next one, so nothing else can take it meanwhile.
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next.start();
    }
  }
}
