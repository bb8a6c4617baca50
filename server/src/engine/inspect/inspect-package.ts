import { type CapabilityRecord, newCapabilities } from '../../core/know/capabilities/record.ts';
import type { Fact, Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Packument, PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { previousVersion } from '../../core/know/registry/releases/earlier-versions.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import type { Project } from '../../core/read/project/project.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import { joinNames } from '../../core/read/text/words/words.ts';
import type { Inspected } from '../../core/show/report/inspect/inspected.ts';
import { byNumber, chooseVersion } from '../../core/show/verify/choose-version.ts';
import type { AbortSignalLike, Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import type { Session } from '../session.ts';
import { recordOfInstalled, recordOfTarball } from './code-records.ts';

export interface InspectRequest {
  readonly project: Project;
  readonly name: string;
  /** A version, tag or range; without one, the version that the project's root imports, or the only locked one. */
  readonly asked: string | undefined;
  /** The version to compare with; the previous one without it. */
  readonly against: string | undefined;
}

export interface InspectContext {
  readonly session: Pick<Session, 'inquire'>;
  readonly ports: Ports;
  readonly online: boolean;
  readonly signal?: AbortSignalLike | undefined;
}

/** Why nothing could be inspected, as a clause. */
export interface NotInspected {
  readonly failure: string;
}

/** Inspects a version of a package in the installed tree, or else by its tarball, as far as the project may ask for it. */
export async function inspectPackage(
  { project, name, asked, against }: InspectRequest,
  { session, ports, online, signal }: InspectContext,
): Promise<Inspected | NotInspected> {
  const facts = session.inquire(project, { online });
  const locked = lockedVersions(project, name);
  const wanted = asked ?? (await ownVersion(project, name, locked, ports));
  const integrity = integrityOf(project, name, wanted);
  const installed =
    wanted === undefined
      ? undefined
      : await recordOfInstalled(project, { name, version: wanted, integrity }, ports);
  const packument = await facts.ensurePackument(name, { signal });
  const fetched = (version: string) =>
    fetchedRecord(version, { project, name, packument, facts, ports, online, signal });
  let version = wanted;
  let record: CapabilityRecord;
  if (installed === undefined) {
    const chosen = packument.state === 'ready' ? chooseVersion(packument.value, asked, locked) : undefined;
    if (chosen === undefined) return { failure: `${whyUnknown(packument)}${choiceOf(asked, locked)}` };
    version = chosen.version;
    const found = await fetched(version);
    if ('reason' in found) return { failure: found.detail };
    record = found;
  } else record = installed;
  const subject = `${name} ${version}`;
  const from = installed === undefined ? 'registry' : 'installed';
  const earlier =
    against ??
    (packument.state === 'ready' ? previousVersion(packument.value, version!)?.version : undefined);
  if (earlier === undefined) {
    const why = packument.state === 'ready' ? 'there is none' : whyUnknown(packument);
    return { subject, from, record, since: undefined, notCompared: why };
  }
  const before = await fetched(earlier);
  if ('reason' in before) return { subject, from, record, since: undefined, notCompared: before.detail };
  const since = { subject: earlier, found: newCapabilities(before, record) };
  return { subject, from, record, since, notCompared: undefined };
}

interface FetchContext extends InspectContext {
  readonly project: Project;
  readonly name: string;
  readonly packument: Fact<Packument>;
  readonly facts: ProjectFacts;
}

async function fetchedRecord(
  version: string,
  { project, name, packument, facts, ports, online, signal }: Omit<FetchContext, 'session'>,
): Promise<CapabilityRecord | Unavailable> {
  const asked = await facts.ensure({ kind: 'version', name, version }, { signal });
  const fact = asked as Fact<PackumentVersion>;
  // What a registry says of a published version stays true, so an old document is as good.
  const older = packument.state === 'ready' ? packument.value.versions.get(version) : undefined;
  const value = fact.state === 'ready' ? fact.value : older?.proof === undefined ? undefined : older;
  if (value === undefined) return fact.state === 'unavailable' ? fact : UNKNOWN_VERSION;
  const http = online ? ports.http : undefined;
  return recordOfTarball({ project, name, version: value }, { ...ports, http }, signal);
}

const UNKNOWN_VERSION: Unavailable = { reason: 'failed', detail: 'the registry does not have the version' };

function whyUnknown(packument: Fact<Packument>): string {
  if (packument.state === 'unavailable') return packument.detail;
  return packument.state === 'ready'
    ? 'the registry has no such version'
    : 'the registry does not have the package';
}

/** Returns the version that the root imports, by the lockfile or else node_modules, or else the only locked one. */
async function ownVersion(
  project: Project,
  name: string,
  locked: ReadonlySet<string>,
  { files }: Pick<Ports, 'files'>,
): Promise<string | undefined> {
  if (locked.size === 1) return [...locked][0];
  const imported = project.lockfile?.resolve('', name);
  if (imported?.name === name && imported.version !== undefined) return imported.version.value;
  const uri = joinUri(project.root, `node_modules/${name}/package.json`);
  const manifest = await files.read(uri);
  const version = manifest.type === 'text' ? readManifest(uri, manifest.text).version?.value : undefined;
  return version !== undefined && (locked.size === 0 || locked.has(version)) ? version : undefined;
}

/** Names the versions to choose from, as a clause. */
function choiceOf(asked: string | undefined, locked: ReadonlySet<string>): string {
  if (asked !== undefined || locked.size < 2) return '';
  return `; the lockfile has ${joinNames([...locked].sort(byNumber))}, give one of them`;
}

function lockedVersions({ lockfile }: Project, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const entry of lockfile?.entries ?? [])
    if (entry.name === name && entry.version !== undefined) found.add(entry.version.value);
  return found;
}

function integrityOf({ lockfile }: Project, name: string, version: string | undefined): string | undefined {
  const entry = lockfile?.entries.find((one) => one.name === name && one.version?.value === version);
  return entry?.integrity?.value;
}
