/** The file of a project's root that a setting belongs into. */
export type SettingFile = '.npmrc' | 'pnpm-workspace.yaml' | '.yarnrc.yml' | '.yarnrc' | 'bunfig.toml';

/** A line of a package manager's configuration. */
export interface SettingLine {
  readonly file: SettingFile;
  /** With dots between the tables of a bunfig.toml. */
  readonly key: string;
  /** As written in the file. */
  readonly value: string;
  /** What it achieves, as a sentence of at most 90 characters without its full stop. */
  readonly reason: string;
  /** Other keys of the file with the same purpose: where one is set, the project has decided. */
  readonly instead?: readonly string[];
}

/** What a baseline depends on. */
export interface BaselineContext {
  readonly version: string | undefined;
  /** Whether others install the project, which then needs ranges. */
  readonly isLibrary: boolean;
  /** Whether a cooldown is configured, for example by the user: another one might be weaker. */
  readonly hasCooldown: boolean;
  /** Whether the project lists approved install scripts, as newer versions of npm read them. */
  readonly hasScriptList: boolean;
}

/** How new dependencies are written into manifests: one version, or the range of a version. */
export type Pinning = 'exact' | 'tilde' | 'caret';

/** The settings that make installs safe beyond the defaults of a version. */
export interface BaselineSupport {
  /** Returns the lines that a version understands and that are not its default, in the order of their weight. */
  lines(context: BaselineContext): readonly SettingLine[];
  /** Returns the line that makes it write new dependencies in this way; undefined if it does anyway or cannot. */
  savedRange(pinning: Pinning, version: string | undefined): SettingLine | undefined;
}

/** The cooldown of a baseline: the one that dependency-hygiene.json has by default. */
export const BASELINE_DAYS = 3;

/** Returns the reason for a line that has the same effect in every package manager. */
export function reasonFor(purpose: 'cooldown' | 'exact' | 'tilde'): string {
  if (purpose === 'cooldown')
    return `Most malware is removed within days: install no version younger than ${BASELINE_DAYS} days`;
  return purpose === 'exact'
    ? 'New dependencies get one exact version, and update only when someone decides it'
    : 'New dependencies get a range of patches';
}
