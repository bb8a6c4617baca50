import type { Fact } from '../../core/know/registry/documents/fact.ts';
import type { Packument } from '../../core/know/registry/documents/packument.ts';
import { type InstalledScripts, readInstalledScripts } from '../../core/know/scripts/installed-scripts.ts';
import { hasScriptByRegistry } from '../../core/know/scripts/script-by-registry.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { StartedFile } from '../../core/read/project/started-code.ts';
import { joinUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import {
  registryCandidates,
  type ScriptsReport,
  scriptCandidates,
  scriptsReport,
} from '../../core/show/report/scripts/scripts-report.ts';
import type { AbortSignalLike, FilesPort, ReadResult } from '../ports.ts';
import { installedScripts } from '../projects/installed-scripts.ts';
import { startedByPackage, startedByPackages } from '../projects/started-code.ts';
import type { ProjectSnapshot, Session } from '../session.ts';
import type { PackageFilesResult } from '../verify/package-files.ts';

export interface CollectOptions {
  /** Whether registries, or their cached answers, are asked as far as settings and trust permit. */
  readonly isAsking: boolean;
  readonly signal?: AbortSignalLike;
  onAnswer?(done: number, of: number): void;
  /** Downloads a locked package that is not installed. */
  download?(entry: LockEntry): Promise<PackageFilesResult>;
  onDownload?(done: number, of: number): void;
}

/** Finds the install scripts of a project's locked packages: in the lockfile, as installed, and in registries. */
export async function collectScripts(
  session: Session,
  files: Pick<FilesPort, 'list' | 'read'>,
  { project, statuses, advisories }: ProjectSnapshot,
  { isAsking, signal, onAnswer, download, onDownload }: CollectOptions,
): Promise<ScriptsReport> {
  const installed = await installedScripts(files, project, scriptCandidates(project));
  const started = await startedByPackages(files, installed);
  const facts = new Map<string, Fact<Packument>>();
  if (isAsking) {
    const names = [...new Set(registryCandidates(project).map(({ name }) => name))];
    let done = 0;
    await Promise.all(
      names.map(async (name) => {
        facts.set(name, await session.packument(project, name, signal === undefined ? {} : { signal }));
        onAnswer?.(++done, names.length);
      }),
    );
  }
  const packument = (name: string) => facts.get(name);
  const downloaded = new Map<LockEntry, InstalledScripts | string>();
  const missing = download === undefined ? [] : missingPackages(project, installed, packument);
  for (const [at, entry] of missing.entries()) {
    onDownload?.(at, missing.length);
    const scripts = await downloadedScripts(entry, await download!(entry));
    downloaded.set(entry, scripts.read);
    if (scripts.started !== undefined) started.set(entry, scripts.started);
  }
  return scriptsReport(
    { project, statuses, isAsked: isAsking, advisories, installed, downloaded, started, packument },
    project.root,
  );
}

/** Returns the packages with a script by lockfile or registry that are not installed, each version once. */
function missingPackages(
  project: Project,
  installed: ReadonlyMap<LockEntry, unknown>,
  packument: (name: string) => Fact<Packument> | undefined,
): readonly LockEntry[] {
  const found = new Map<string, LockEntry>();
  for (const entry of scriptCandidates(project)) {
    const { name, version, source, hasInstallScript } = entry;
    if (version === undefined || source !== 'registry' || installed.has(entry)) continue;
    const fact = packument(name);
    const isByRegistry = fact?.state === 'ready' && hasScriptByRegistry(fact.value, version.value) === true;
    if (hasInstallScript === true || isByRegistry) found.set(`${name}@${version.value}`, entry);
  }
  return [...found.values()];
}

/** Reads the scripts of a downloaded package, and the files that they start. */
async function downloadedScripts(
  { name, version }: LockEntry,
  result: PackageFilesResult,
): Promise<{ readonly read: InstalledScripts | string; readonly started?: readonly StartedFile[] }> {
  if (result.type === 'unknown') return { read: result.why };
  const { files } = result;
  const wanted = { name, version: version!.value };
  const scripts = readInstalledScripts(files.get('package.json') ?? '', files.get('binding.gyp'), wanted);
  if (scripts === undefined) return { read: 'the package.json of its file is missing or of another package' };
  const folder = 'file:///package';
  const read = async (uri: Uri): Promise<ReadResult> => {
    const text = files.get(relativeUri(folder, uri));
    return text === undefined ? { type: 'missing' } : { type: 'text', text };
  };
  const uri = joinUri(folder, 'package.json');
  return { read: scripts, started: await startedByPackage({ read }, { ...scripts, uri }) };
}
