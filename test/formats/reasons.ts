/** Why a rule has nothing to judge in a format, so that it is silent without a gap. */
export interface NothingToJudge {
  readonly rule: string;
  /** The ids of formats. */
  readonly formats: RegExp;
  /** One sentence. */
  readonly reason: string;
  /** The rule that reports the same there. */
  readonly reportedBy?: string;
}

export const NOTHING_TO_JUDGE: readonly NothingToJudge[] = [
  {
    rule: 'engines-mismatch',
    formats: /^(?:npm-1|shrinkwrap-1|yarn|bun)/,
    reason: 'The lockfile does not record `engines`.',
  },
  {
    rule: 'lockfile-script-flag-mismatch',
    formats: /^(?:npm-1|shrinkwrap-1|pnpm-9|yarn|bun-\d)/,
    reason: 'The lockfile has no mark for install scripts that could be wrong.',
  },
  {
    rule: 'lockfile-source-mismatch',
    formats: /^(?:npm-1|shrinkwrap-1)$/,
    reason:
      'The lockfile has no copy of the declared ranges. `lockfile-out-of-sync` compares it with the manifest.',
    reportedBy: 'lockfile-out-of-sync',
  },
  {
    rule: 'lockfile-legacy-format',
    formats: /^(?:npm-[234]|shrinkwrap-[23]|pnpm-[69]|yarn|bun-\d)/,
    reason: 'The format is not a legacy one.',
  },
];
