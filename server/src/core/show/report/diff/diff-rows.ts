import type { ChangedVersions, LockedVersion } from '../../../read/graph/diff/diff-types.ts';
import { SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { alteredRows, describeSetting, memberRows, type Row, sectionRows } from './altered-rows.ts';
import type { DiffedLockfile } from './diff-report.ts';
import type { PackageRisk } from './package-risks.ts';

/** One difference, for display. */
export interface DiffRow {
  readonly change: 'added' | 'removed' | 'changed' | 'altered' | 'setting';
  /** As `diff` explains them: `!` is to be reviewed first. */
  readonly mark: '!' | '*' | '+' | '~' | '-';
  readonly words: string;
  /** Clauses, what matters most first. */
  readonly facts: readonly string[];
  /** The highest severity of a finding on it. */
  readonly severity: Severity | undefined;
  /** The version that the lockfile has now. */
  readonly locked: { readonly name: string; readonly version: string } | undefined;
}

type Lists = Pick<DiffedLockfile, 'unlockedMembers' | 'risks'> & Pick<DiffedLockfile, 'diff'>;

/**
 * Returns the differences of a lockfile: first what is to be reviewed first, then settings, what is new, what has other
 * versions, and what is gone. Among those of a kind, the ones with the worst findings come first.
 */
export function diffRows({ diff, unlockedMembers = [], risks }: Lists): readonly DiffRow[] {
  if (diff === undefined) return [];
  const risksOf = (versions: readonly LockedVersion[]): readonly PackageRisk[] =>
    versions.flatMap((version) => risks?.of(version) ?? []).sort((a, b) => rankOf(a) - rankOf(b));
  const added = worstFirst(diff.added.map((version) => addedRow(version, risksOf([version]))));
  const changed = worstFirst(diff.changed.map((each) => changedRow(each, risksOf(each.after))));
  const isFirst = ({ mark }: DiffRow) => mark === '!';
  const first = [
    ...[
      ...memberRows(unlockedMembers),
      ...alteredRows(diff.altered.filter(({ what }) => what !== 'section')),
    ].map((row) => plainRow('altered', row)),
    ...added.filter(isFirst),
    ...changed.filter(isFirst),
  ];
  return [
    ...first.filter(isAlarming),
    ...first.filter((row) => !isAlarming(row)),
    ...sectionRows(diff.altered).map((row) => plainRow('altered', row)),
    ...diff.settings.map((setting) => plainRow('setting', ['*', ...describeSetting(setting)])),
    ...added.filter((row) => !isFirst(row)),
    ...changed.filter((row) => !isFirst(row)),
    ...diff.removed.map((version) => plainRow('removed', ['-', nameOf(version), ''])),
  ];
}

/** Checks whether a version comes from a new source, or downloads something else than the lockfile states. */
export function isSuspicious({ source, downloads, newOrigin }: LockedVersion): boolean {
  return source === 'unknown' || downloads !== undefined || newOrigin !== undefined;
}

/** Checks for a finding that a reviewer has to see: an error comes before any other difference. */
function isAlarming({ severity }: DiffRow): boolean {
  return severity === 'error';
}

function isWorrying(risks: readonly PackageRisk[]): boolean {
  return risks.some(({ severity }) => severity === 'error' || severity === 'warning');
}

function worstFirst(rows: readonly DiffRow[]): readonly DiffRow[] {
  return rows.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ severity }: { readonly severity: Severity | undefined }): number {
  return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

function plainRow(change: DiffRow['change'], [mark, words, facts, locked]: Row): DiffRow {
  const all = facts === '' ? [] : [facts];
  return { change, mark, words, facts: all, severity: undefined, locked };
}

function addedRow(version: LockedVersion, risks: readonly PackageRisk[]): DiffRow {
  const isFirst = isSuspicious(version) || version.installScript === true || isWorrying(risks);
  return {
    change: 'added',
    mark: isFirst ? '!' : '+',
    words: nameOf(version),
    facts: [...(isFirst ? ['new'] : []), ...withRisks(risks, factsOf(version))],
    severity: risks[0]?.severity,
    locked: version,
  };
}

function nameOf({ name, version }: LockedVersion): string {
  return `${name} ${version}`;
}

function factsOf({
  source,
  dev,
  optional,
  installScript,
  aliases,
  downloads,
  newOrigin,
  line,
}: LockedVersion): readonly string[] {
  const facts: string[] = [];
  if (downloads !== undefined) facts.push(`downloads ${downloads}`);
  if (newOrigin !== undefined) facts.push(`from ${newOrigin}`);
  if (line !== undefined) facts.push(`source not understood (line ${line})`);
  else if (source !== 'registry' && newOrigin === undefined)
    facts.push(source === 'git' ? 'from git' : `from a ${source}`);
  if (aliases.length > 0) facts.push(`installed as ${aliases.join(', ')}`);
  if (installScript === true) facts.push('has an install script');
  if (dev) facts.push('development');
  if (optional) facts.push('optional');
  return facts;
}

function changedRow(changed: ChangedVersions, risks: readonly PackageRisk[]): DiffRow {
  const { name, before, after, origins } = changed;
  const versions = (list: readonly LockedVersion[]) => list.map(({ version }) => version).join(', ');
  const facts: string[] = [];
  if (origins !== undefined) facts.push(`from ${origins.after}, before: ${origins.before}`);
  for (const { downloads, line } of after) {
    if (downloads !== undefined) facts.push(`downloads ${downloads}`);
    if (line !== undefined) facts.push(`source not understood (line ${line})`);
  }
  const isNewScript = hasNewScript(changed);
  if (isNewScript) facts.push('has an install script now');
  const isFirst = origins !== undefined || after.some(isSuspicious) || isNewScript || isWorrying(risks);
  return {
    change: 'changed',
    mark: isFirst ? '!' : '~',
    words: `${name} ${versions(before)} → ${versions(after)}`,
    facts: withRisks(risks, facts),
    severity: risks[0]?.severity,
    locked: after.at(-1),
  };
}

/** A finding on an install script has said that there is one. */
function withRisks(risks: readonly PackageRisk[], facts: readonly string[]): readonly string[] {
  const texts = risks.map(({ text }) => text);
  const namesScript = texts.some((text) => text.includes('install script'));
  return [...texts, ...facts.filter((fact) => !namesScript || !fact.startsWith('has an install script'))];
}

function hasNewScript({ before, after }: ChangedVersions): boolean {
  const hasScript = ({ installScript }: LockedVersion) => installScript === true;
  return after.some(hasScript) && !before.some(hasScript);
}
