import { judgeBun } from './judge-bun.ts';
import { judgeNpmPackages, judgeNpmTree } from './judge-npm.ts';
import { judgePnpm } from './judge-pnpm.ts';
import { judgeBerry, judgeClassic } from './judge-yarn.ts';
import type { Family } from './source.ts';

/** What a package manager would use from an entry. */
export interface Facts {
  readonly version: string | undefined;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
}

/** The result of a parser that is independent of ours. */
export interface Verdict {
  /** Packages, members and links by the key in our model. */
  readonly entries: ReadonlyMap<string, Facts>;
  /** Dependencies that the format requires and that are missing: `a needs b`. */
  readonly missing: readonly string[];
}

/** Why a text has no verdict: the parser cannot read it, or is known to be wrong about texts like this. */
export type NoVerdict = 'unreadable' | 'unsure';

const JUDGES: Readonly<Record<Family, (text: string) => Verdict | NoVerdict>> = {
  npm: judgeNpmPackages,
  'npm-v1': judgeNpmTree,
  'yarn-classic': judgeClassic,
  'yarn-berry': judgeBerry,
  pnpm: judgePnpm,
  bun: judgeBun,
};

/** Judges a text as one of a family, the one that our reader detected. */
export function judge(family: Family, text: string): Verdict | NoVerdict {
  return JUDGES[family](text);
}
