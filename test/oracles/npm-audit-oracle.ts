import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import semver from 'semver';
import {
  inFolder,
  type LockfileProject,
  lockfileText,
  manifestTexts,
  writeManifests,
} from './lockfile-project.ts';

/** Records of advisories in the OSV format, as far as the stub reads them. */
export interface OsvRecord {
  readonly id: string;
  readonly withdrawn?: string;
  readonly affected: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly events: readonly Readonly<Record<string, string>>[] }[];
    readonly versions?: readonly string[];
    readonly database_specific?: { readonly upper_bound?: string };
  }[];
}

const DATA = join(import.meta.dirname, '../../../shared/data/advisories-npm.ndjson.gz');

/** Returns the records in which each range has an end; none without the data. */
export function boundedRecords(): readonly OsvRecord[] {
  if (!existsSync(DATA)) return [];
  const lines = gunzipSync(readFileSync(DATA))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as OsvRecord)
    .filter(({ withdrawn, affected }) => withdrawn === undefined && affected.every(isBounded));
}

function isBounded({ ranges = [], database_specific }: OsvRecord['affected'][number]): boolean {
  if (database_specific?.upper_bound === 'unknown-in-source') return false;
  return ranges.every(({ events }) => events.at(-1)?.introduced === undefined);
}

/** An advisory in the format of npm's bulk endpoint. */
interface BulkAdvisory {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly vulnerable_versions: string;
  readonly cwe: readonly string[];
  readonly cvss: { readonly score: number; readonly vectorString: string | null };
}

/** Maps the name of the package to its records, each as an advisory whose URL ends with the record's id. */
function bulkAdvisories(records: readonly OsvRecord[]): ReadonlyMap<string, readonly BulkAdvisory[]> {
  const byName = new Map<string, BulkAdvisory[]>();
  let number = 1_000_000;
  for (const { id, affected } of records) {
    for (const name of new Set(affected.map((each) => each.package.name))) {
      const own = affected.filter((each) => each.package.name === name);
      const parts = own.flatMap(({ ranges = [], versions = [] }) => [
        ...ranges.flatMap(({ events }) => rangesOf(events)),
        ...versions,
      ]);
      const advisory = {
        id: number++,
        url: `https://github.com/advisories/${id}`,
        title: id,
        severity: 'moderate',
        vulnerable_versions: parts.join(' || '),
        cwe: [],
        cvss: { score: 0, vectorString: null },
      };
      byName.set(name, [...(byName.get(name) ?? []), advisory]);
    }
  }
  return byName;
}

function rangesOf(events: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const ranges: string[] = [];
  let from: string | undefined;
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined) from = introduced === '0' ? '0.0.0-0' : introduced;
    if (from === undefined) continue;
    if (fixed !== undefined) ranges.push(`>=${from} <${fixed}`);
    if (last !== undefined) ranges.push(`>=${from} <=${last}`);
  }
  return ranges;
}

/** Returns the versions that records list as the first fixed ones. */
function fixedVersions(records: readonly OsvRecord[]): ReadonlyMap<string, readonly string[]> {
  const fixed = new Map<string, string[]>();
  for (const { affected } of records) {
    for (const { package: at, ranges = [] } of affected) {
      const versions = ranges.flatMap(({ events }) => events.flatMap((event) => event.fixed ?? []));
      fixed.set(at.name, [...(fixed.get(at.name) ?? []), ...versions]);
    }
  }
  return fixed;
}

type Versions = Map<string, object>;

/** Returns the documents of all packages in a lockfile: the locked versions, with their dependencies. */
function lockedDocuments(project: LockfileProject): ReadonlyMap<string, Versions> {
  const documents = new Map<string, Versions>();
  const add = (name: string, { version }: { readonly version?: string }, manifest: object) => {
    if (version === undefined || semver.valid(version) === null) return;
    const versions: Versions = documents.get(name) ?? new Map();
    documents.set(name, versions);
    if (!versions.has(version)) versions.set(version, { name, version, ...manifest });
  };
  const lockfile = JSON.parse(lockfileText(project)) as RawLockfile;
  for (const [location, entry] of Object.entries(lockfile.packages ?? {})) {
    if (!location.includes('node_modules/')) continue;
    const { dependencies, optionalDependencies, peerDependencies } = entry;
    add(entry.name ?? location.slice(location.lastIndexOf('node_modules/') + 13), entry, {
      dependencies,
      optionalDependencies,
      peerDependencies,
    });
  }
  const addOld = (dependencies: RawLockfile['dependencies'] = {}) => {
    for (const [name, entry] of Object.entries(dependencies)) {
      add(name, entry, { dependencies: entry.requires === true ? {} : entry.requires });
      addOld(entry.dependencies);
    }
  };
  if (lockfile.packages === undefined) addOld(lockfile.dependencies);
  return documents;
}

interface RawLockfile {
  readonly packages?: Readonly<Record<string, RawEntry>>;
  readonly dependencies?: Readonly<Record<string, RawOldEntry>>;
}

interface RawEntry {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: object;
}

interface RawOldEntry {
  readonly version?: string;
  readonly requires?: object | true;
  readonly dependencies?: Readonly<Record<string, RawOldEntry>>;
}

/** The output of `npm audit --json`. */
export interface NpmReport {
  readonly vulnerabilities: Readonly<Record<string, NpmVulnerability>>;
  readonly metadata: {
    readonly vulnerabilities: Readonly<Record<string, number>>;
    readonly dependencies: Readonly<Record<string, number>>;
  };
}

export interface NpmVulnerability {
  readonly isDirect: boolean;
  readonly via: readonly (string | { readonly url: string; readonly range: string })[];
  readonly effects: readonly string[];
  readonly nodes: readonly string[];
  readonly fixAvailable: boolean | { readonly name: string; readonly version: string };
}

export interface AuditRegistry {
  /** Returns the report of this machine's npm about the project's lockfile. */
  audit(project: LockfileProject, ...args: readonly string[]): Promise<NpmReport>;
  close(): Promise<void>;
}

/**
 * Starts a registry on loopback with the advisories of the records; each project has its own package documents there.
 */
export async function auditRegistry(records: readonly OsvRecord[]): Promise<AuditRegistry> {
  const advisories = bulkAdvisories(records);
  const fixed = fixedVersions(records);
  const projects: ReadonlyMap<string, Versions>[] = [];
  const server = createServer(async (request, response) => {
    const [, at = '', ...rest] = (request.url ?? '').split('/');
    const documents = projects[Number(at)] ?? new Map<string, Versions>();
    const answer =
      request.method === 'POST'
        ? bulkAnswer(advisories, JSON.parse(await bodyOf(request)) as Record<string, string[]>)
        : documentOf(decodeURIComponent(rest.join('/')), documents, fixed);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    audit(project, ...args) {
      const registry = `http://127.0.0.1:${port}/${projects.push(lockedDocuments(project)) - 1}/`;
      return inFolder(async (folder) => {
        writeProject(project, folder);
        return runAudit(folder, registry, args);
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function bulkAnswer(
  advisories: ReadonlyMap<string, readonly BulkAdvisory[]>,
  asked: Readonly<Record<string, readonly string[]>>,
): object {
  const answer = Object.entries(asked).map(([name, versions]) => {
    const hits = (advisories.get(name) ?? []).filter(({ vulnerable_versions: range }) =>
      versions.some((version) => satisfies(version, range)),
    );
    return [name, hits] as const;
  });
  return Object.fromEntries(answer.filter(([, hits]) => hits.length > 0));
}

/** Compares as npm does. */
export function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true, loose: true });
}

function documentOf(
  name: string,
  documents: ReadonlyMap<string, Versions>,
  fixed: ReadonlyMap<string, readonly string[]>,
): object | undefined {
  const versions = new Map(documents.get(name));
  if (versions.size === 0) return undefined;
  for (const version of fixed.get(name) ?? []) {
    if (!versions.has(version)) versions.set(version, { name, version });
  }
  const latest = semver.rsort([...versions.keys()])[0];
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

/**
 * Writes the lockfile, and the manifests recorded in it, which omit names that equal those of their folders; versions
 * before 2 record none, so the adjacent ones are used.
 */
function writeProject(project: LockfileProject, folder: string): void {
  const text = lockfileText(project);
  writeFileSync(join(folder, project.file), text);
  const { packages } = JSON.parse(text) as RawLockfile;
  const names = new Map(
    Object.entries(packages ?? {})
      .filter(([, { link }]) => link === true)
      .map(([location, { resolved }]) => [resolved, location.replace(/^.*node_modules\//, '')]),
  );
  const recorded = Object.entries(packages ?? {})
    .filter(([location]) => !/(?:^|\/)node_modules\//.test(location))
    .map(([location, manifest]) => {
      return [location, JSON.stringify({ name: names.get(location), ...manifest })] as const;
    });
  writeManifests(folder, packages === undefined ? manifestTexts(project) : recorded);
}

async function runAudit(folder: string, registry: string, args: readonly string[]): Promise<NpmReport> {
  const options = ['--json', '--package-lock-only', '--ignore-scripts', `--registry=${registry}`];
  const child = spawn('npm', ['audit', ...options, ...args], {
    cwd: folder,
    shell: process.platform === 'win32',
    env: {
      PATH: process.env.PATH ?? '',
      ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
      HOME: folder,
      USERPROFILE: folder,
      npm_config_cache: join(folder, 'cache'),
      npm_config_globalconfig: join(folder, 'no-npmrc'),
      npm_config_update_notifier: 'false',
    },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await once(child, 'close');
  const report = JSON.parse(output === '' ? '{}' : output) as Partial<NpmReport>;
  if (report.vulnerabilities === undefined)
    throw new Error(`npm audit failed: ${errors}${output.slice(0, 500)}`);
  return report as NpmReport;
}
