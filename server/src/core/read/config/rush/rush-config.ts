import { nameOf, type Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';

/** A configuration file of Rush: JSON with comments. Read only for comparison; see `guardingSettings`. */
export interface RushConfig {
  readonly kind: 'rush';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
}

export function readRushConfig(uri: Uri, text: string): RushConfig {
  return { kind: 'rush', uri, text, problems: [] };
}

/** Checks whether a file is read as Rush configuration: one of the repository, or one that Rush passes to pnpm. */
export function isRushConfigName(name: string): boolean {
  return name === 'rush.json' || name === 'pnpm-config.json';
}

export function isMainRushConfig({ uri }: RushConfig): boolean {
  return nameOf(uri) === 'rush.json';
}
