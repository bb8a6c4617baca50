import { closeSync, openSync, writeSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type { RecordLine } from '../../core/know/monitored/record.ts';

// The originals: those of the module are observed.
const original = { openSync, writeSync, closeSync };
const later = setTimeout;
const toJson = JSON.stringify;

const PATIENCE_MS = 500;
const MOST_BYTES = 20_000_000;
/** No line of a record, so that the report says that there is more. */
const CUT = 'cut';

/** Appends lines to the file of this thread, each call by itself: a program may end without any notice. */
export class RecordFile {
  readonly #path: string;
  /** Collects what changed since the last time. */
  readonly #changes: () => readonly RecordLine[];
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;
  #written = 0;

  constructor(folder: string, changes: () => readonly RecordLine[]) {
    const time = process.hrtime.bigint().toString().padStart(20, '0');
    this.#path = `${folder}/${time}-${process.pid}-${threadId}.jsonl`;
    this.#changes = changes;
  }

  append(...lines: readonly RecordLine[]): void {
    if (lines.length === 0 || this.#written > MOST_BYTES) return;
    const text = lines.map((line) => `${toJson(line)}\n`).join('');
    this.#written += text.length;
    const isFull = this.#written > MOST_BYTES;
    // No descriptor stays open, as the program's own would have other numbers.
    const file = original.openSync(this.#path, 'a', 0o600);
    try {
      original.writeSync(file, isFull ? `${text}${CUT}` : text);
    } finally {
      original.closeSync(file);
    }
  }

  /** Appends the changes within half a second, without keeping the process alive. */
  appendSoon(): void {
    if (this.#isEnding) this.append(...this.#changes());
    else this.#timer ??= later(() => this.#appendChanges(), PATIENCE_MS).unref();
  }

  /** Appends the changes; later ones at once. */
  end(): void {
    this.#isEnding = true;
    this.#appendChanges();
  }

  #appendChanges(): void {
    this.#timer = undefined;
    try {
      this.append(...this.#changes());
    } catch {
      // The monitor has ended.
    }
  }
}
