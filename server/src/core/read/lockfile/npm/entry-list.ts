import type { JsonTape } from '../../text/json/json-tape.ts';
import { ownCopy } from '../../text/own-copy.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { type EntryFields, TOKEN } from './entry-fields.ts';
import { NpmLockEntry } from './npm-lock-entry.ts';

/** The entries of `packages` in source order, each created on first use: checking the file needs few. */
export class EntryList {
  readonly fields: EntryFields;
  readonly #made: (NpmLockEntry | undefined)[];

  /** @param fields the fields of the entries; later additions to them are in the list too */
  constructor(fields: EntryFields) {
    this.fields = fields;
    this.#made = new Array(fields.most);
  }

  get length(): number {
    return this.fields.count;
  }

  /** Returns the entry with a number: the same one each time. */
  at(number: number): NpmLockEntry {
    const entry = this.peek(number);
    this.#made[number] = entry;
    return entry;
  }

  /** Returns the entry or a temporary copy, to be read and not kept. */
  peek(number: number): NpmLockEntry {
    return this.#made[number] ?? this.#make(number);
  }

  keyOf(number: number): string {
    return keyText(this.fields.tape, this.fields.get(number, TOKEN));
  }

  #make(number: number): NpmLockEntry {
    const key = this.keyOf(number);
    return new NpmLockEntry(this.fields, number, this.fields.isEdited ? ownCopy(key) : key);
  }

  /**
   * Returns the entries after an edit within the value of one, which is read again. The content of the others is kept.
   */
  edited(number: number, tape: JsonTape, problems: LockProblem[]): EntryList {
    const next = new EntryList(this.fields.edited(number, tape, problems));
    for (let other = 0; other < this.length; other++) {
      const entry = this.#made[other];
      if (entry !== undefined && other !== number) next.#made[other] = entry.among(next.fields);
    }
    return next;
  }
}
