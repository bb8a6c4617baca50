import { reportsIn } from '../../core/judge/exposure/affecting.ts';
import { isAllowedName } from '../../core/judge/policy/allow-name-fix.ts';
import type { Affected } from '../../core/know/advisory/advisory.ts';
import { parseVersion } from '../../core/know/advisory/version-intervals.ts';
import type { FactKind, Facts } from '../../core/know/facts/facts.ts';
import { judgeName } from '../../core/know/identity/confusable-with.ts';
import type { PopularNames } from '../../core/know/identity/popular-names.ts';
import type { TarballResult } from '../../core/know/proof/tarball-result.ts';
import { tarballRequest } from '../../core/know/registry/access/tarball-request.ts';
import type { Fact } from '../../core/know/registry/documents/fact.ts';
import type { Packument } from '../../core/know/registry/documents/packument.ts';
import { previousVersion } from '../../core/know/registry/releases/earlier-versions.ts';
import { type VersionChanges, versionChanges } from '../../core/know/registry/releases/version-changes.ts';
import { scriptVerdict } from '../../core/know/scripts/script-verdict.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import { nameOf } from '../../core/read/text/paths/uri.ts';
import { registryFacts } from '../../core/show/features/describe-registry.ts';
import { type ChosenVersion, chooseVersion } from '../../core/show/verify/choose-version.ts';
import type { VerifiedPackage } from '../../core/show/verify/verified-package.ts';
import type { AbortSignalLike, Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import type { Session, Snapshot } from '../session.ts';
import { byteCollector, hashTarball } from './hash-tarball.ts';
import { codeOf, isRegistryFile } from './verified-code.ts';

export interface VerifyRequest {
  readonly name: string;
  /** A version, tag or range. */
  readonly asked: string | undefined;
  readonly project: Project;
}

export interface VerifyContext {
  readonly session: Pick<Session, 'inquire' | 'snapshot'>;
  readonly ports: Pick<Ports, 'http' | 'proofs' | 'clock' | 'cache'>;
  /** Whether anything may be sent. */
  readonly online: boolean;
  readonly signal?: AbortSignalLike | undefined;
}

/**
 * Collects everything that can be known about a package that the user named: from its registry, its tarball, and the
 * current project. Whatever is not permitted or unknown is reported as such.
 */
export async function verifyPackage(
  request: VerifyRequest,
  context: VerifyContext,
): Promise<VerifiedPackage> {
  const { name, asked, project } = request;
  const { session, ports, online, signal } = context;
  const facts = session.inquire(project, { online });
  const entries = project.lockfile?.entries.filter((entry) => isOf(entry, name)) ?? [];
  const locked = new Set(entries.flatMap(({ version }) => (version === undefined ? [] : [version.value])));
  const fact = await facts.ensurePackument(name, { signal });
  const packument = fact.state === 'ready' ? fact.value : undefined;
  const chosen = packument && chooseVersion(packument, asked, locked);
  if (chosen !== undefined) await ensureAll(facts, name, chosen.version, signal);
  const version = chosen === undefined ? NOT_ASKED : facts.version(name, chosen.version);
  const bytes = byteCollector();
  const tarball =
    version.state === 'ready' && online
      ? await hashTarball(tarballRequest(project, name, version.value.tarball), ports, signal, bytes.receive)
      : notDownloaded(version);
  const changes = packument && chosen && changesOf(packument, chosen, locked);
  const entry = entries.find((each) => each.version?.value === chosen?.version);
  const keys = facts.keys(name);
  return {
    name,
    asked,
    registry: registryFacts(project.npmConfig, project.npmConfig.registryFor(name), name, project.root),
    packument: fact,
    lookAlike: lookAlikeOf(name, project, session.snapshot().popular),
    chosen,
    version,
    downloads: facts.downloads(name),
    signature: chosen === undefined ? NOT_ASKED : facts.signature(name, chosen.version),
    keysFrom: keys.state === 'ready' ? keys.value.from : undefined,
    provenance: chosen === undefined ? NOT_ASKED : facts.provenance(name, chosen.version),
    tarball,
    locked: {
      file: project.lockfile && nameOf(project.lockfile.uri),
      entries,
      unread: unreadLockfile(project),
    },
    advisories: advisoriesOn(request, chosen?.version ?? asked, session.snapshot()),
    scripts: scriptVerdict(project, name, entry),
    code:
      tarball.type === 'hashed' && version.state === 'ready' && isRegistryFile(tarball.digests, version.value)
        ? await codeOf(request, version.value, {
            ...context,
            facts,
            tarball: bytes.bytes(),
            before: changes?.from.version,
          })
        : undefined,
    changes,
    now: ports.clock.now(),
  };
}

/** Returns advisories that are known on this machine or were requested for the project; none without a version. */
function advisoriesOn(
  { name, project }: VerifyRequest,
  version: string | undefined,
  snapshot: Snapshot,
): VerifiedPackage['advisories'] {
  const advisories = snapshot.projects.find(({ project: { root } }) => root === project.root)?.advisories;
  if (advisories === undefined || version === undefined || parseVersion(version) === undefined)
    return { affecting: [], undecided: [] };
  const all = reportsIn(project, advisories)(name);
  const said = (verdict: Affected) => all.filter((advisory) => advisory.affects(version) === verdict);
  return { affecting: said('yes'), undecided: said('unknown') };
}

function unreadLockfile({ lockfile, lockfiles }: Project): string | undefined {
  if (lockfile !== undefined)
    return lockfile.status === 'checked' ? undefined : `${nameOf(lockfile.uri)} was read only in part`;
  const unread = lockfiles.find(({ reason }) => reason !== undefined);
  return unread && `${nameOf(unread.uri)} cannot be read`;
}

const NOT_ASKED: Fact<never> = {
  state: 'unavailable',
  reason: 'not-provided',
  detail: 'no version is known',
};

function isOf(entry: LockEntry, name: string): boolean {
  return entry.name === name && entry.source === 'registry';
}

const KINDS: readonly FactKind[] = ['version', 'signature', 'provenance'];

async function ensureAll(
  facts: ProjectFacts,
  name: string,
  version: string,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const ofVersion = KINDS.map((kind) => facts.ensure({ kind, name, version }, { signal }));
  await Promise.all([
    ...ofVersion,
    facts.ensure({ kind: 'downloads', name, version: undefined }, { signal }),
  ]);
}

function notDownloaded(version: ReturnType<Facts['version']>): TarballResult {
  if (version.state === 'ready') return { type: 'unknown', why: { reason: 'offline', detail: 'offline' } };
  const { reason, detail } = version.state === 'unavailable' ? version : NO_VERSION;
  return { type: 'unknown', why: { reason, detail } };
}

const NO_VERSION = { reason: 'failed', detail: 'the registry does not give the version' } as const;

function lookAlikeOf(name: string, project: Project, popular: PopularNames): VerifiedPackage['lookAlike'] {
  if (project.memberNames.has(name) || isAllowedName(project, name)) return undefined;
  const verdict = judgeName(name, popular);
  return verdict && { ...verdict, downloads: popular.downloads(verdict.target) };
}

/** Returns the changes since the highest locked version if that is another one, or else since the previous version. */
function changesOf(
  packument: Packument,
  { version, because }: ChosenVersion,
  locked: ReadonlySet<string>,
): VersionChanges | undefined {
  const before =
    because === 'locked' || locked.has(version) ? undefined : chooseVersion(packument, undefined, locked);
  const from = before?.because === 'locked' ? before.version : previousVersion(packument, version)?.version;
  return from === undefined || from === version ? undefined : versionChanges(packument, from, version);
}
