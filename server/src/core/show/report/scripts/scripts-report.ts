import { type Coverage, type CoverageGap, coverageWith } from '../../../judge/check/coverage.ts';
import { type CoveredFile, fileGap, unreadSources } from '../../../judge/check/file-gap.ts';
import { knownAgainst } from '../../../judge/exposure/known-against.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import { mayHaveScript } from '../../../know/facts/locked-scripts.ts';
import { anyVersionKey, exactKey } from '../../../know/facts/unreviewed-scripts.ts';
import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { describeSuspicion } from '../../../know/scripts/describe-suspicion.ts';
import type { InstalledScripts } from '../../../know/scripts/installed-scripts.ts';
import { hasScriptByRegistry } from '../../../know/scripts/script-by-registry.ts';
import { describeEffect, runsAll, scriptEffect } from '../../../know/scripts/script-effect.ts';
import { scriptIdentity } from '../../../know/scripts/script-identity.ts';
import { scriptVerdict } from '../../../know/scripts/script-verdict.ts';
import { suspiciousScript } from '../../../know/scripts/suspicious-script.ts';
import type { DecisionSubject } from '../../../know/scripts/write-decision.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../../read/manager/managers.ts';
import type { ScriptEffect } from '../../../read/manager/model/scripts.ts';
import type { Project } from '../../../read/project/project.ts';
import type { StartedFile } from '../../../read/project/started-code.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';

/** undecidable: this version of the package manager reads no decisions; built-in: its own list decides. */
export type RowDecision = 'approved' | 'denied' | 'unreviewed' | 'built-in' | 'undecidable' | 'unknown';

/** A locked package with an install script. */
export interface ScriptRow {
  readonly name: string;
  readonly version: string | null;
  /** Empty if only its existence is known. */
  readonly scripts: readonly (readonly [name: string, command: string])[];
  /** What shows that there is one. */
  readonly seenIn: readonly ('lockfile' | 'installed' | 'registry' | 'tarball')[];
  /** The files that it starts, as far as they are installed. */
  readonly files: readonly StartedFile[];
  /** What is suspicious in it or these files, as the end of a sentence. */
  readonly suspicious: string | null;
  readonly isMalware: boolean;
  readonly decision: RowDecision;
  /** The setting with the decision, or that lacks it. */
  readonly setting: string | null;
  /** What the next install does with it; null if unknown. */
  readonly outcome: Exclude<ScriptEffect, 'ignored'> | null;
  /** What a decision on it is about. */
  readonly subject: DecisionSubject;
  /** The last of its entries. */
  readonly entry: LockEntry;
  /** The package.json of an installed copy. */
  readonly installedAt: Uri | undefined;
}

export interface ScriptsReport {
  readonly rows: readonly ScriptRow[];
  /** What happens to unreviewed scripts, as a clause, and how to decide. */
  readonly effect: string;
  readonly howToDecide: string;
  readonly canDeny: boolean;
  /** Packages of which nothing shows whether they have a script. */
  readonly unknown: readonly string[];
  /** What shows it, as an imperative clause. */
  readonly advice: string;
  /** Those of them that the project has decided on, which rules therefore do not report as not checked. */
  readonly unknownDecided: readonly string[];
  /** Packages that should have been downloaded and could not be read, each with a clause. */
  readonly unreadPackages: readonly {
    readonly name: string;
    readonly version: string;
    readonly why: string;
  }[];
  readonly hasLockfile: boolean;
  readonly unread: readonly CoverageGap[];
}

export interface ScriptsSource {
  readonly project: Project;
  readonly statuses: readonly CoveredFile[];
  /** Whether registries were asked. */
  readonly isAsked: boolean;
  readonly advisories: Advisories;
  readonly installed: ReadonlyMap<LockEntry, InstalledScripts & { readonly uri: Uri }>;
  /** Those of downloaded packages that are not installed, or a clause that says why one is not known. */
  readonly downloaded: ReadonlyMap<LockEntry, InstalledScripts | string>;
  /** The files that the scripts of installed and downloaded packages start. */
  readonly started: ReadonlyMap<LockEntry, readonly StartedFile[]>;
  /** Undefined for packages that no registry was asked about. */
  packument(name: string): Fact<Packument> | undefined;
}

/**
 * Returns the entries whose install scripts an install could run: not those of bundled packages, and of packages for
 * certain platforms, which may not be installed at all. As in the rule about unreviewed scripts.
 */
export function scriptCandidates({ lockfile, memberNames }: Project): readonly LockEntry[] {
  // Members of entries are read when they are asked for, and few packages are optional.
  return (lockfile?.entries ?? []).filter(
    (entry) =>
      !entry.bundled &&
      !memberNames.has(entry.name) &&
      !(entry.optional && (entry.os.length > 0 || entry.cpu.length > 0)),
  );
}

/** Returns those of which the lockfile does not show that they have none. */
export function registryCandidates(project: Project): readonly LockEntry[] {
  return scriptCandidates(project).filter(
    (entry) => entry.source === 'registry' && mayHaveScript(entry, project.lockfile!),
  );
}

/** Returns all locked packages with install scripts, each version once, those to decide on first. */
export function scriptsReport(source: ScriptsSource, root: Uri): ScriptsReport {
  const { project } = source;
  const { scripts } = specOf(project.manager);
  const rows = new Map<string, ScriptRow>();
  const unknown = new Set<string>();
  const undecided = new Set<string>();
  for (const entry of scriptCandidates(project)) {
    const row = rowOf(entry, source);
    if (row === 'unknown') {
      unknown.add(entry.name);
      const { decision } = decisionAlone(entry, project);
      if (!['approved', 'denied', 'built-in'].includes(decision)) undecided.add(entry.name);
    }
    if (row !== 'unknown' && row !== undefined) rows.set(`${row.name}@${row.version}`, row);
  }
  const rank = ({ decision, suspicious }: ScriptRow) =>
    (decision === 'unreviewed' ? 0 : 2) + (suspicious === null ? 1 : 0);
  const effect = scriptEffect(project);
  return {
    rows: [...rows.values()].sort((a, b) => rank(a) - rank(b) || compareText(a.name, b.name)),
    effect: describeEffect(effect, project.manager),
    howToDecide: scripts.howToDecide(project),
    canDeny: scripts.canDeny,
    unknown: [...unknown].sort(compareText),
    advice: `install the project into node_modules${source.isAsked ? '' : ', or add --trust'}`,
    unknownDecided: [...unknown].filter((name) => !undecided.has(name)).sort(compareText),
    unreadPackages: [...source.downloaded]
      .flatMap(([{ name, version }, one]) =>
        typeof one === 'string' ? [{ name, version: version?.value ?? '', why: one }] : [],
      )
      .sort((a, b) => compareText(a.name, b.name)),
    hasLockfile: project.lockfile !== undefined,
    unread: unreadSources([...source.statuses]).flatMap(
      (file) => fileGap(file, relativeUri(root, file.uri)) ?? [],
    ),
  };
}

/** Returns how completely scripts are known. */
export function scriptsCoverage({ unknown, advice, unread, unreadPackages }: ScriptsReport): Coverage {
  const packages = unknown.map(
    (name): CoverageGap => ({
      ...{ kind: 'package', state: 'not-checked', reason: 'not-recorded', subject: name },
      ...{ detail: UNKNOWN, advice, packages: [name] },
    }),
  );
  const tarballs = unreadPackages.map(
    ({ name, version, why }): CoverageGap => ({
      ...{ kind: 'package', state: 'not-checked', reason: 'failed', subject: `${name} ${version}` },
      ...{ detail: why, advice: 'review it before you approve its script', packages: [name] },
    }),
  );
  return coverageWith([...unread, ...packages, ...tarballs]);
}

/** Why the script of a package is not known. */
export const UNKNOWN = 'the lockfile does not record install scripts';

/** Returns undefined for a package that has none. */
function rowOf(entry: LockEntry, source: ScriptsSource): ScriptRow | 'unknown' | undefined {
  const { project, installed, advisories } = source;
  const onDisk = installed.get(entry);
  const inTarball = source.downloaded.get(entry);
  const read = onDisk ?? (typeof inTarball === 'object' ? inTarball : undefined);
  const version = entry.version?.value;
  const fact = entry.source === 'registry' ? source.packument(entry.name) : undefined;
  const packument = fact?.state === 'ready' ? fact.value : undefined;
  const byRegistry =
    packument === undefined || version === undefined ? undefined : hasScriptByRegistry(packument, version);
  const published = version === undefined ? undefined : packument?.versions.get(version);
  const seenIn: ScriptRow['seenIn'] = [
    ...(entry.hasInstallScript === true ? (['lockfile'] as const) : []),
    ...((onDisk?.scripts.length ?? 0) > 0 ? (['installed'] as const) : []),
    ...(byRegistry === true ? (['registry'] as const) : []),
    ...(onDisk === undefined && (read?.scripts.length ?? 0) > 0 ? (['tarball'] as const) : []),
  ];
  if (seenIn.length === 0) {
    const isKnown = onDisk !== undefined || byRegistry === false;
    return isKnown || !mayHaveScript(entry, project.lockfile!) ? undefined : 'unknown';
  }
  const scripts =
    read !== undefined && read.scripts.length > 0 ? read.scripts : [...(published?.installScripts ?? [])];
  const files = source.started.get(entry) ?? [];
  const found = read?.gyp ?? firstSuspicious(scripts);
  const inFile = files.find(({ suspicious }) => suspicious !== undefined);
  return {
    name: entry.name,
    version: version ?? null,
    scripts,
    seenIn,
    files,
    suspicious:
      found !== undefined ? describeSuspicion(found) : inFile === undefined ? null : describePlace(inFile),
    isMalware: version !== undefined && knownAgainst(project, advisories).isMalware(entry.name, version),
    ...decisionFound(entry, project),
    subject: subjectOf(entry, project),
    entry,
    installedAt: onDisk?.uri,
  };
}

function describePlace({ path, suspicious }: StartedFile): string {
  return `${describeSuspicion(suspicious!)}, in ${path}:${suspicious!.line}`;
}

function subjectOf(entry: LockEntry, { manager }: Project): DecisionSubject {
  const { name, version } = entry;
  const identity = scriptIdentity(entry) ?? { type: 'registry', name, version: version?.value };
  // Other package managers than npm take the version from the lockfile.
  const isOfNpm = specOf(manager).scripts.review === 'allowScripts';
  const own = isOfNpm ? identity : ({ type: 'registry', name, version: version?.value } as const);
  return {
    ...{ package: name, version: version?.value ?? null },
    ...{ exactKey: exactKey(own) ?? null, anyVersionKey: anyVersionKey(own) },
  };
}

function firstSuspicious(scripts: ScriptRow['scripts']) {
  for (const [, command] of scripts) {
    const found = suspiciousScript(command);
    if (found !== undefined) return found;
  }
  return undefined;
}

function decisionFound(
  entry: LockEntry,
  project: Project,
): Pick<ScriptRow, 'decision' | 'setting' | 'outcome'> {
  const decided = decisionAlone(entry, project);
  const isFree = scriptEffect(project) !== 'ignored' && runsAll(project);
  return isFree ? { ...decided, outcome: 'runs' } : decided;
}

function decisionAlone(
  entry: LockEntry,
  project: Project,
): Pick<ScriptRow, 'decision' | 'setting' | 'outcome'> {
  const { scripts } = specOf(project.manager);
  const effect = scriptEffect(project);
  const undecided = effect === 'ignored' ? 'skipped' : effect;
  if (!scripts.isDecidable(project.manager))
    return { decision: 'undecidable', setting: null, outcome: undecided };
  const verdict = scriptVerdict(project, entry.name, entry);
  switch (verdict.type) {
    case 'approved':
      return {
        decision: 'approved',
        setting: verdict.setting,
        outcome: effect === 'ignored' ? 'skipped' : 'runs',
      };
    case 'denied':
    case 'left-out':
      return { decision: 'denied', setting: verdict.setting, outcome: 'skipped' };
    case 'undecided':
      return { decision: 'unreviewed', setting: verdict.setting, outcome: undecided };
    case 'built-in':
      return { decision: 'built-in', setting: null, outcome: null };
    case 'undecidable':
      return { decision: 'undecidable', setting: null, outcome: undecided };
    case 'unknown':
      return { decision: 'unknown', setting: null, outcome: null };
  }
}

/** Returns what a decision on a locked package is about; undefined if it is not locked, or not unreviewed. */
export function subjectToDecide(
  project: Project,
  name: string,
  version: string | null,
): DecisionSubject | undefined {
  const entry = scriptCandidates(project).findLast(
    (one) => one.name === name && (one.version?.value ?? null) === version,
  );
  if (entry === undefined || decisionAlone(entry, project).decision !== 'unreviewed') return undefined;
  return subjectOf(entry, project);
}
