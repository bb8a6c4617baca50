import { judgeBun } from './judge-bun.ts';
import { judgeNpmPackages, judgeNpmTree } from './judge-npm.ts';
import { judgePnpm } from './judge-pnpm.ts';
import { judgeBerry, judgeClassic } from './judge-yarn.ts';
import type { Family } from './source.ts';

/** What a package manager would take from an entry. */
export interface Facts {
  readonly version: string | undefined;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
}

/** What a parser that has nothing to do with ours makes of a text. */
export interface Verdict {
  /** Packages, members and links by the key that our model gives them. */
  readonly entries: ReadonlyMap<string, Facts>;
  /** Dependencies that the format says must be in the file, and are not: `a needs b`. */
  readonly missing: readonly string[];
}

/** Why a text has none: the parser cannot read it, or it is known to be wrong about texts like this. */
export type NoVerdict = 'unreadable' | 'unsure';

const JUDGES: Readonly<Record<Family, (text: string) => Verdict | NoVerdict>> = {
  npm: judgeNpmPackages,
  'npm-v1': judgeNpmTree,
  'yarn-classic': judgeClassic,
  'yarn-berry': judgeBerry,
  pnpm: judgePnpm,
  bun: judgeBun,
};

/** Judges a text as one of a family; the family is that of what our reader took it for. */
export function judge(family: Family, text: string): Verdict | NoVerdict {
  return JUDGES[family](text);
}
