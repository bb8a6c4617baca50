import { Slots } from './slots.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}

/** What a step has of its own: its output, and its turn before the steps behind it. */
export interface Course {
  readonly print: (text: string) => void;
  /** Does the work when it may run beside what runs already. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Runs steps beside each other, prints each as a whole once it ends, and counts their tests. */
export class Steps {
  readonly #slots: Slots;
  readonly #write: (text: string) => void;
  readonly #total = { passed: 0, failed: 0, skipped: 0 };
  #started = 0;

  constructor(processes: number, write: (text: string) => void = console.log) {
    this.#slots = new Slots(processes);
    this.#write = write;
  }

  /** Runs a step; one that breaks off has failed. */
  async run(name: string, work: (course: Course) => Promise<Counts>): Promise<void> {
    const order = this.#started++;
    let output = '';
    let start: number | undefined;
    const print = (text: string) => {
      output += text;
    };
    const inTurn: Course['inTurn'] = (part) =>
      this.#slots.with(order, () => {
        start ??= performance.now();
        return part();
      });
    const { passed, failed, skipped = 0 } = await finished(() => work({ print, inTurn }), print);
    this.#total.passed += passed;
    this.#total.failed += failed;
    this.#total.skipped += skipped;
    const seconds = ((performance.now() - (start ?? performance.now())) / 1000).toFixed(1);
    const result = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
    this.#write(`${output}${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${result} (${seconds} s)`);
  }

  /** Prints the counts of all steps, and returns whether everything passed. */
  end(): boolean {
    const { passed, failed, skipped } = this.#total;
    if (skipped > 0) this.#write(`${skipped} skipped`);
    this.#write(`${passed} passed, ${failed} failed`);
    return failed === 0;
  }
}

async function finished(work: () => Promise<Counts>, print: Course['print']): Promise<Counts> {
  try {
    return await work();
  } catch (error) {
    print(`the step broke off: ${error instanceof Error ? error.stack : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}
