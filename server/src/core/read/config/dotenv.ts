import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';

/** A file with variables, such as `.env` or `.env.local`: only its text is looked at. */
export interface Dotenv {
  readonly kind: 'dotenv';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
}

/** Checks whether programs read variables from a file of this name. */
export function isDotenvName(name: string): boolean {
  return /^\.env(?:\.[\w.-]{1,100})?$/.test(name);
}
