import semver from 'semver';
import { installerOf } from '../../read/project/manager/installation.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { forgetEntries } from './forget-entries.ts';
import type { PlannedOverride } from './overrides/plan-override.ts';
import { writeOverrides } from './overrides/write-override.ts';
import { raisedEdits } from './plan-remedies.ts';
import type { RaisedRange } from './raised-range.ts';
import { refreshCommand } from './refresh-command.ts';
import type { Remedy } from './remedy.ts';

/** The combined edits of several remedies, and the command that updates the lockfile. */
export interface CombinedRemedies {
  readonly edits: readonly FileEdit[];
  /** A single command; undefined if nothing needs updating. */
  readonly command: string | undefined;
}

/**
 * Combines remedies planned for the same state of a project: the higher version wins if two change the same range or
 * override, and each overrides field is written once. Undefined if a file does not allow it.
 */
export function combineRemedies(
  remedies: readonly Remedy[],
  context: RemedyContext,
): CombinedRemedies | undefined {
  const { project } = context;
  const raised = highest(
    remedies.flatMap(({ parts }) => parts.raised),
    ({ place }) => `${place.token!.uri} ${place.token!.span.start}`,
    ({ choice }) => choice.version,
  );
  const refreshed = remedies.flatMap(({ parts }) => parts.refreshed);
  const edits = [...raisedEdits(raised, context)];
  if (installerOf(project).lockfile.updatesByDeletion && project.lockfile !== undefined)
    edits.push(...forgetEntries(project.lockfile, refreshed));
  const overrides = highest(
    remedies.flatMap(({ parts }) => parts.overrides),
    ({ field, path }) => JSON.stringify([field, path]),
    ({ value }) => value,
  );
  for (const field of new Set(overrides.map((line) => line.field))) {
    const lines = overrides.filter((line: PlannedOverride) => line.field === field);
    const written = writeOverrides(project, field, lines);
    if (written === undefined) return undefined;
    edits.push(...written);
  }
  return { edits, command: commandFor(remedies, refreshed, context) };
}

/**
 * Returns a single command: one that forgets locked versions also syncs the lockfile with the manifests; otherwise the
 * longest has every option.
 */
function commandFor(
  remedies: readonly Remedy[],
  refreshed: readonly BadPackage[],
  { project }: RemedyContext,
): string | undefined {
  const names = refreshed.map(({ name }) => name);
  const refresh =
    names.length === 0 || installerOf(project).lockfile.updatesByDeletion
      ? undefined
      : refreshCommand(project, names);
  const commands = remedies.flatMap(({ command }) => command ?? []);
  return refresh ?? commands.sort((a, b) => b.length - a.length)[0];
}

/** Returns the entry with the highest version for each key. */
function highest<T extends RaisedRange | PlannedOverride>(
  all: readonly T[],
  keyOf: (one: T) => string,
  versionOf: (one: T) => string,
): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) {
    const key = keyOf(one);
    const before = found.get(key);
    if (before === undefined || isHigher(versionOf(one), versionOf(before))) found.set(key, one);
  }
  return [...found.values()];
}

/** Compares versions, or the lower bounds of ranges. An override may have neither: npm's `$name` stays. */
function isHigher(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) =>
    semver.validRange(text) === null ? null : semver.minVersion(text),
  ) as [semver.SemVer | null, semver.SemVer | null];
  return a !== null && b !== null && a.compare(b) > 0;
}
