import type { JsonTape } from '../../text/json/json-tape.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { LinkedFolders } from './linked-folders.ts';
import { NestedFields } from './nested-fields.ts';
import { type EntryList, NpmV1Entry } from './npm-v1-entry.ts';

/** Entries by number, each created on first use: checking the file needs few. */
export class NestedList implements EntryList {
  readonly fields: NestedFields;
  readonly folders: LinkedFolders;
  readonly #made: (NpmV1Entry | undefined)[] = [];

  /** @param problems collects the problems of entries added to the fields */
  constructor(tape: JsonTape, problems: LockProblem[]) {
    this.fields = new NestedFields(tape, problems);
    this.folders = new LinkedFolders(this.fields, (number) => this.at(number));
  }

  /** Returns the entry with a number: the same one each time. */
  at(number: number): NpmV1Entry {
    let entry = this.#made[number];
    if (entry === undefined) {
      entry = new NpmV1Entry(this, number);
      this.#made[number] = entry;
    }
    return entry;
  }
}
