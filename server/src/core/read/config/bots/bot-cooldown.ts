import { nameOf, type Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';

/** The cooldown of a program that updates dependencies in pull requests. */
export interface BotCooldown {
  readonly bot: 'Dependabot' | 'Renovate';
  readonly uri: Uri;
  /** The token of the value. */
  readonly span: Span;
  /** In milliseconds. */
  readonly age: number;
  /** The folders that it applies to, relative to that of the repository; undefined for all. */
  readonly folders: readonly string[] | undefined;
}

/** The paths of such configuration, below the folder of the repository. */
export const BOT_FILES: readonly string[] = [
  '.github/dependabot.yml',
  '.github/dependabot.yaml',
  'renovate.json',
  '.github/renovate.json',
  '.renovaterc',
  '.renovaterc.json',
  '.gitlab/renovate.json',
  'renovate.json5',
  '.github/renovate.json5',
  '.gitlab/renovate.json5',
  '.renovaterc.json5',
];

/** Checks whether a file is of Dependabot, whose configuration is YAML. */
export function isOfDependabot(uri: Uri): boolean {
  return /^dependabot\.ya?ml$/.test(nameOf(uri));
}
