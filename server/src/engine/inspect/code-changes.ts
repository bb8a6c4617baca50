import { CAPABILITY_NAMES, describeCapability, describeSign } from '../../core/know/capabilities/describe.ts';
import { type CapabilityRecord, newCapabilities } from '../../core/know/capabilities/record.ts';
import type { LockEntry, Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { entryBefore } from '../../core/read/project/locked/entry-before.ts';
import { newlyLocked } from '../../core/read/project/locked/newly-locked.ts';
import type { EntryCode, NewCode, NewCodes } from '../../core/read/project/new-code.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { AbortSignalLike, Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import {
  type CodeVersion,
  codeVersionOf,
  knownRecord,
  recordOfInstalled,
  recordOfTarball,
} from './code-records.ts';

export interface CodeSource {
  readonly ports: Pick<Ports, 'files' | 'cache' | 'clock' | 'http' | 'proofs'>;
  /** Asked for tarballs that are neither installed nor cached; undefined if nothing may be sent. */
  readonly facts: ProjectFacts | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** More updates than that are a new lockfile, and their code is no news. */
const MOST_UPDATES = 60;

/** Reads the code of versions that the lockfile of the base lacks, and compares it with the versions of the base. */
export async function newCodeOf(project: Project, source: CodeSource): Promise<NewCodes> {
  const { committedLockfile } = project;
  const added = newlyLocked(project);
  const found = new Map<string, NewCode>();
  if (committedLockfile === undefined || added.length > MOST_UPDATES) return found;
  for (const entry of added) {
    const version = codeVersionOf(entry);
    if (version === undefined || found.has(`${version.name}@${version.version}`)) continue;
    const after = await recordOf(version, project, source);
    if (after === undefined) continue;
    const earlier = codeVersionOf(entryBefore(entry, committedLockfile));
    const before = earlier && (await earlierRecord(earlier, project, source));
    found.set(
      `${version.name}@${version.version}`,
      newCode(after, before && { record: before, version: earlier.version }),
    );
  }
  return found;
}

/** Larger packages are not read while somebody waits for a card. */
const MOST_FOR_CARD = 2_000_000;

/** Returns what the code of a locked version can do, and what of that the version in the base cannot. */
export async function codeOfEntry(
  project: Project,
  entry: LockEntry,
  source: CodeSource,
): Promise<EntryCode | undefined> {
  const version = codeVersionOf(entry);
  const { committedLockfile } = project;
  if (version === undefined) return undefined;
  const record =
    (await knownRecord(version, source.ports)) ?? (await recordOf(version, project, source, MOST_FOR_CARD));
  if (record === undefined) return undefined;
  const uses = [...new Set(record.entries.map(({ capability }) => CAPABILITY_NAMES[capability]))];
  const isNew = committedLockfile !== undefined && newlyLocked(project).includes(entry);
  const before = isNew ? codeVersionOf(entryBefore(entry, committedLockfile)) : undefined;
  const earlier = before && (await earlierRecord(before, project, source));
  const news = earlier && newCode(record, { record: earlier, version: before!.version });
  return { uses, news };
}

export interface CodeUpdate {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Undefined if the code of one of them is unknown. */
  readonly code: NewCode | undefined;
}

/** Compares the code of packages whose locked versions changed since another state of the lockfile. */
export async function updatedCode(
  project: Project,
  { before, names }: { readonly before: Lockfile; readonly names: ReadonlySet<string> },
  source: CodeSource,
): Promise<readonly CodeUpdate[]> {
  const found = new Map<string, CodeUpdate>();
  const known = new Set(before.entries.map((entry) => keyOf(codeVersionOf(entry))));
  for (const entry of project.lockfile?.entries ?? []) {
    const after = codeVersionOf(entry);
    const key = keyOf(after);
    const isNew = entry.source === 'registry' && names.has(entry.name) && !known.has(key) && !found.has(key);
    const earlier = isNew ? codeVersionOf(entryBefore(entry, before)) : undefined;
    if (after === undefined || earlier === undefined || found.size >= MOST_UPDATES) continue;
    const code = await codeBetween({ before: earlier, after }, project, source);
    found.set(key, { name: after.name, before: earlier.version, after: after.version, code });
  }
  return [...found.values()];
}

function keyOf(version: CodeVersion | undefined): string {
  return version === undefined ? '' : `${version.name}@${version.version}`;
}

/** Compares two versions of a package, as far as their code is known or may be asked for. */
async function codeBetween(
  { before, after }: { readonly before: CodeVersion; readonly after: CodeVersion },
  project: Project,
  source: CodeSource,
): Promise<NewCode | undefined> {
  const earlier = await earlierRecord(before, project, source);
  const record = earlier && (await recordOf(after, project, source));
  return record && newCode(record, { record: earlier, version: before.version });
}

function newCode(
  after: CapabilityRecord,
  before: { readonly record: CapabilityRecord; readonly version: string } | undefined,
): NewCode {
  const { entries, signs } = before === undefined ? after : newCapabilities(before.record, after);
  const had = new Set(before?.record.entries.map(({ capability }) => capability));
  const kinds = new Set(entries.map(({ capability }) => capability).filter((one) => !had.has(one)));
  return {
    before: before?.version,
    signs: signs.map((one) => `${describeSign(one.sign)} (${one.file}:${one.line})`),
    capabilities: entries.map((one) => `${describeCapability(one)} (${one.file}:${one.line})`),
    kinds: [...kinds].map((one) => CAPABILITY_NAMES[one]),
    isSuspicious: after.isSuspicious && signs.length > 0,
    points: after.score,
  };
}

async function recordOf(
  version: CodeVersion,
  project: Project,
  source: CodeSource,
  most?: number,
): Promise<CapabilityRecord | undefined> {
  return (
    (await recordOfInstalled(project, version, source.ports, most)) ??
    (await earlierRecord(version, project, source))
  );
}

async function earlierRecord(
  version: CodeVersion,
  project: Project,
  { ports, facts, signal }: CodeSource,
): Promise<CapabilityRecord | undefined> {
  const known = await knownRecord(version, ports);
  if (known !== undefined || facts === undefined) return known;
  const { name } = version;
  await facts.ensure({ kind: 'version', name, version: version.version }, { signal });
  const fact = facts.version(name, version.version);
  if (fact.state !== 'ready') return undefined;
  const record = await recordOfTarball({ project, name, version: fact.value }, ports, signal);
  return 'reason' in record ? undefined : record;
}
