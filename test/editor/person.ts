import type { Page } from 'playwright-core';
import type { RunName } from './results.ts';

/** The input of a test that acts as a person. */
export interface PersonContext {
  /** The workbench, open and ready, with the extension loaded. */
  readonly page: Page;
  /** The open folder: a copy of the fixture for the tests of one file. */
  readonly workspace: string;
  readonly artifacts: string;
  readonly run: RunName;
  /** Pictures are taken in each theme, else in the usual one alone. */
  readonly allThemes: boolean;
}

/**
 * A file of `person/`: each exported function is a test; they share a page, so each opens what it works on. `runs`
 * lists the runs to take part in, by default in a trusted folder; `inShort` marks a file for the short run of `npm test`.
 */
export interface PersonModule {
  readonly runs?: readonly RunName[];
  readonly inShort?: boolean;
  readonly [test: string]: unknown;
}

export interface PersonTest {
  readonly file: string;
  readonly name: string;
  readonly body: (context: PersonContext) => Promise<void>;
  readonly runs: readonly RunName[];
  readonly inShort: boolean;
}
