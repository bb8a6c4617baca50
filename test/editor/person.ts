import type { Page } from 'playwright-core';
import type { RunName } from './results.ts';

/** What a test that acts as a person gets. */
export interface PersonContext {
  /** The workbench, open and ready, with the extension loaded. */
  readonly page: Page;
  /** The folder that is open: a copy of the fixture for the tests of one file. */
  readonly workspace: string;
  /** Where screenshots go. */
  readonly artifacts: string;
  readonly run: RunName;
}

/**
 * A file of `person/`: each exported function is a test; they share a page, so each opens what it works on. `runs` says
 * where they run, in a trusted folder by default.
 */
export interface PersonModule {
  readonly runs?: readonly RunName[];
  readonly [test: string]: unknown;
}

export interface PersonTest {
  readonly file: string;
  readonly name: string;
  readonly body: (context: PersonContext) => Promise<void>;
  readonly runs: readonly RunName[];
}
