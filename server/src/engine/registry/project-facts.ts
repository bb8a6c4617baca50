import { type FactRequest, type Facts, unreachableFacts } from '../../core/know/facts/facts.ts';
import {
  askProject,
  askRegistry,
  askStatistics,
  type ProjectAsk,
} from '../../core/know/registry/access/ask-project.ts';
import { askingProject } from '../../core/know/registry/access/asking-project.ts';
import { type Transport, transportFor } from '../../core/know/registry/access/transport.ts';
import type { Fact, Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { MaintainedPage } from '../../core/know/registry/documents/maintained-kind.ts';
import type { Packument, PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { lockedVersions } from '../../core/know/registry/releases/locked-versions.ts';
import type { NpmConfig } from '../../core/read/config/npm/npm-config.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { EngineSettings } from '../settings.ts';
import type { DocumentRequest } from './document-request.ts';
import type { Documents } from './documents.ts';
import type { FactSource } from './fact-source.ts';
import type { EnsureOptions } from './flight.ts';
import type { ProofChecks } from './proof-checks.ts';
import { proofFacts } from './proof-facts.ts';
import type { RegistryClient } from './registry-client.ts';

/** The facts that one project may read from registries, requested only as far as settings, trust and privacy permit. */
export interface ProjectFacts extends Facts {
  /** Requests a packument from the registry configured for the name in this project, if permitted. */
  ensurePackument(name: string, options?: EnsureOptions): Promise<Fact<Packument>>;
  /** Does the same for anything that rules look up. */
  ensure(request: FactRequest, options?: EnsureOptions): Promise<Fact<unknown>>;
  /** Drops what is known about a package and the version from memory. */
  forget(name: string, version: string | undefined): void;
  /** Looks for the fact on disk, which sends nothing. */
  load(request: FactRequest): Promise<void>;
  /** Abbreviated packuments, for packages that are locked but not declared. */
  readonly abbreviated: FactSource<Packument>;
  readonly distTags: FactSource<ReadonlyMap<string, string>>;
  /** The packages of an account at the default registry. */
  readonly maintained: FactSource<MaintainedPage>;
}

export interface ProjectFactsInput {
  readonly project: Project;
  readonly settings: EngineSettings;
  readonly client: RegistryClient;
  /** The URL of the public registry's statistics, if known. */
  readonly statistics: string | undefined;
  readonly checks: ProofChecks;
}

/** Returns where a document is, and whether it may be requested. */
type Ask = (name: string, version?: string) => Omit<DocumentRequest, 'credential'>;

export function projectFacts({
  project,
  settings,
  client,
  statistics,
  checks,
}: ProjectFactsInput): ProjectFacts {
  const { npmConfig } = project;
  const unreachable = unreachableReason(settings);
  const at = ({ registry, permission }: ProjectAsk, name: string, version?: string) => {
    return { registry, permission, name, version, transport: transportOf(npmConfig, registry.url) };
  };
  const ofPackage: Ask = (name, version) => at(askProject(project, name, settings), name, version);
  const ofRegistry: Ask = (name) => at(askRegistry(project, name, settings), '');
  const ofAccount: Ask = (name, version) => at(askRegistry(project, '', settings), name, version);
  const ofStatistics: Ask = (name) => {
    const permission = askStatistics(project, name, settings);
    if (statistics !== undefined) return { ...place(statistics), permission, name };
    return { ...place(''), permission: permission.allowed ? NO_STATISTICS : permission, name };
  };
  const place = (url: string) => ({ registry: { url }, transport: transportOf(npmConfig, url) });
  const sourceOf = <T>(documents: Documents<T>, ask: Ask): FactSource<T> => ({
    peek(name, version) {
      const request = ask(name, version);
      const known = documents.peek(request);
      // Earlier knowledge stays available when requests are not permitted now.
      return request.permission.allowed || known.state === 'ready' ? known : unavailable(request.permission);
    },
    async load(name, version) {
      const request = ask(name, version);
      if (request.permission.allowed) await documents.load(request);
    },
    ensure(name, version, options) {
      const request = ask(name, version);
      const credential = npmConfig.credentialFor(request.registry.url, name);
      const isPrivate = !askingProject(project).npmConfig.isOpen(request.registry.url);
      const keep = lockedVersions(project, name);
      return documents.ensure({ ...request, credential, isPrivate, keep }, options);
    },
  });

  const forget = (name: string, version: string | undefined): void => {
    const place = ofPackage(name, version);
    client.packuments.forget({ ...place, version: undefined });
    if (version === undefined) return;
    client.versions.forget(place);
    client.attestations.forget(place);
  };
  const packuments = sourceOf(client.packuments, ofPackage);
  const versions = sourceOf(client.versions, ofPackage);
  const registry = {
    packument: packuments,
    version: before(versions, (name, version) => versionIn(packuments.peek(name), version)),
    keys: sourceOf(client.keys, ofRegistry),
    attestations: sourceOf(client.attestations, ofPackage),
  };
  const sources = {
    ...registry,
    downloads: sourceOf(client.downloads, ofStatistics),
    ...proofFacts(registry, checks, settings.online && settings.trusted),
  };
  const looks: Facts =
    unreachable === undefined
      ? {
          packument: (name) => sources.packument.peek(name),
          version: (name, version) => sources.version.peek(name, version),
          downloads: (name) => sources.downloads.peek(name),
          keys: (name) => sources.keys.peek(name),
          attestations: (name, version) => sources.attestations.peek(name, version),
          signature: (name, version) => sources.signature.peek(name, version),
          provenance: (name, version) => sources.provenance.peek(name, version),
        }
      : unreachableFacts(unreachable);
  return {
    ...looks,
    forget,
    ensurePackument: (name, options) => packuments.ensure(name, undefined, options),
    load: ({ kind, name, version }) => sources[kind].load(name, version),
    ensure: ({ kind, name, version }, options) => sources[kind].ensure(name, version, options),
    // The full document contains everything in the abbreviated one.
    abbreviated: before(sourceOf(client.abbreviated, ofPackage), (name) => {
      const full = packuments.peek(name);
      return full.state === 'ready' && !full.stale ? full : undefined;
    }),
    distTags: sourceOf(client.distTags, ofPackage),
    maintained: sourceOf(client.maintained, ofAccount),
  };
}

/** Returns why nothing is sent at all, in the same words for each name. */
function unreachableReason({ trusted, online }: EngineSettings): Unavailable | undefined {
  if (!trusted) return { reason: 'untrusted', detail: 'this folder is not trusted' };
  return online ? undefined : { reason: 'offline', detail: 'offline' };
}

const NO_STATISTICS = {
  allowed: false,
  reason: 'not-provided',
  detail: 'this registry has no download counts',
} as const;

const transports = new WeakMap<NpmConfig, Map<string, Transport | undefined>>();

function transportOf(npmConfig: NpmConfig, url: string): Transport | undefined {
  const known = transports.get(npmConfig) ?? new Map<string, Transport | undefined>();
  transports.set(npmConfig, known);
  if (!known.has(url)) known.set(url, transportFor(npmConfig, url));
  return known.get(url);
}

/** Creates a source that is used only for what is not known otherwise. */
function before<T>(
  source: FactSource<T>,
  known: (name: string, version: string | undefined) => Fact<T> | undefined,
): FactSource<T> {
  return {
    peek: (name, version) => known(name, version) ?? source.peek(name, version),
    load: async (name, version) => {
      if (known(name, version) === undefined) await source.load(name, version);
    },
    ensure: async (name, version, options) =>
      known(name, version) ?? (await source.ensure(name, version, options)),
  };
}

const versionFacts = new WeakMap<object, Map<string, Fact<PackumentVersion>>>();

/** Returns undefined if the packument is not fresh, or does not contain all of the version. */
function versionIn(fact: Fact<Packument>, version: string | undefined): Fact<PackumentVersion> | undefined {
  if (fact.state !== 'ready' || fact.stale || version === undefined) return undefined;
  const value = fact.value.versions.get(version);
  if (value?.proof === undefined) return undefined;
  const known = versionFacts.get(fact) ?? new Map<string, Fact<PackumentVersion>>();
  versionFacts.set(fact, known);
  const reported = known.get(version) ?? { ...fact, value };
  known.set(version, reported);
  return reported;
}

const answers = new Map<string, Fact<never>>();

/** Returns one object per reason, so that units which read it see no change. */
function unavailable({ reason, detail }: Unavailable): Fact<never> {
  const key = `${reason} ${detail}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    if (answers.size > 1000) answers.clear();
    answer = { state: 'unavailable', reason, detail };
    answers.set(key, answer);
  }
  return answer;
}
