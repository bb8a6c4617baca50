import type { LockfileName } from '../../server/src/core/read/lockfile/detect.ts';

/** The formats that have a judge of their own. */
export const FAMILIES = ['npm', 'npm-v1', 'yarn-classic', 'yarn-berry', 'pnpm', 'bun'] as const;

export type Family = (typeof FAMILIES)[number];

/**
 * A text that a package manager could have written, and that is read completely. The tested texts are derived from it.
 */
export interface Source {
  readonly name: string;
  readonly family: Family;
  readonly kind: LockfileName;
  readonly text: string;
}
