import type { Fact } from '../../core/know/registry/documents/fact.ts';
import type { Packument } from '../../core/know/registry/documents/packument.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { StartedFile } from '../../core/read/project/started-code.ts';
import {
  registryCandidates,
  type ScriptsReport,
  scriptCandidates,
  scriptsReport,
} from '../../core/show/report/scripts/scripts-report.ts';
import type { AbortSignalLike, FilesPort } from '../ports.ts';
import { installedScripts } from '../projects/installed-scripts.ts';
import { startedByPackage } from '../projects/started-code.ts';
import type { ProjectSnapshot, Session } from '../session.ts';

export interface CollectOptions {
  /** Whether registries, or their cached answers, are asked as far as settings and trust permit. */
  readonly isAsking: boolean;
  readonly signal?: AbortSignalLike;
  onAnswer?(done: number, of: number): void;
}

/** Finds the install scripts of a project's locked packages: in the lockfile, as installed, and in registries. */
export async function collectScripts(
  session: Session,
  files: Pick<FilesPort, 'list' | 'read'>,
  { project, statuses, advisories }: ProjectSnapshot,
  { isAsking, signal, onAnswer }: CollectOptions,
): Promise<ScriptsReport> {
  const installed = await installedScripts(files, project, scriptCandidates(project));
  const started = new Map<LockEntry, readonly StartedFile[]>();
  for (const [entry, one] of installed) started.set(entry, await startedByPackage(files, one));
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
  return scriptsReport(
    { project, statuses, advisories, installed, started, packument: (name) => facts.get(name) },
    project.root,
  );
}
