import type { AlteredVersion, ChangedSetting, LockedVersion } from '../../../read/graph/diff/diff-types.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import { codeItems, type UpdatedCode } from './code-report.ts';
import { type ChangedConfiguration, configurationJson } from './configuration-report.ts';
import type { DiffedLockfile } from './diff-report.ts';
import type { PackageRisks } from './package-risks.ts';

/**
 * Returns the differences as JSON text, with a trailing newline. If one side could not be read, `compared` is false and
 * there are no lists. The form is stable: members may be added in later versions, none is renamed or removed. Version 2
 * added values of `what`, and made the version of an altered item optional.
 */
export function diffJson(
  lockfiles: readonly DiffedLockfile[],
  configuration: readonly ChangedConfiguration[] = [],
  code: readonly UpdatedCode[] = [],
): string {
  const report = {
    version: 2,
    lockfiles: lockfileItems(lockfiles),
    configuration: configurationJson(configuration),
    ...(code.length === 0 ? {} : { code: codeItems(code) }),
  };
  return `${printableJson(JSON.stringify(report, undefined, 2))}\n`;
}

/** Returns the part of `diffJson` on lockfiles, before serialization. */
export function lockfileItems(lockfiles: readonly DiffedLockfile[]): readonly object[] {
  return lockfiles.map(
    ({ path, format, status, reason, file, replaces, base, diff, unlockedMembers, risks }) => ({
      path,
      format,
      status,
      reason,
      file,
      replaces,
      base,
      compared: diff !== undefined,
      advisories: risks === undefined ? undefined : risks.isKnown ? 'checked' : 'notChecked',
      unlockedMembers,
      ...(diff === undefined
        ? {}
        : {
            added: diff.added.map((version) => judged(version, risks)),
            removed: diff.removed.map(versionOf),
            changed: diff.changed.map(({ name, before, after, origins }) => ({
              name,
              before: before.map(versionOf),
              after: after.map((version) => judged(version, risks)),
              origins,
            })),
            altered: diff.altered.map(alteredOf),
            settings: diff.settings.map(settingOf),
            mainOrigin: diff.mainOrigin,
          }),
    }),
  );
}

function versionOf(locked: LockedVersion): object {
  const { name, version, source, dev, optional, installScript, aliases, downloads, newOrigin, line } = locked;
  const as = aliases.length === 0 ? undefined : aliases;
  return { name, version, source, dev, optional, installScript, aliases: as, downloads, newOrigin, line };
}

/** Adds the findings on a version that the base does not have. */
function judged(version: LockedVersion, risks: PackageRisks | undefined): object {
  const findings = risks?.of(version).map(({ rule, severity, text }) => ({ rule, severity, text })) ?? [];
  return { ...versionOf(version), ...(findings.length === 0 ? {} : { findings }) };
}

function alteredOf({
  name,
  version,
  what,
  before,
  after,
  origins,
  hash,
  from,
  isCopy,
}: AlteredVersion): object {
  return {
    name,
    version: version ?? null,
    what,
    before: before ?? null,
    after: after ?? null,
    origins,
    hash,
    from,
    isCopy,
  };
}

function settingOf({ name, before, after }: ChangedSetting): object {
  return { name, before: before ?? null, after: after ?? null };
}
