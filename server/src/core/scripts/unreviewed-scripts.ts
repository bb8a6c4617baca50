import type { LockEntry } from '../lockfile/lockfile.ts';
import type { Project } from '../project/project.ts';
import { bunDecisions, pnpmDecisions } from './manager-decisions.ts';
import { decisionFor, type ScriptPolicy, scriptPolicyOf } from './script-decision.ts';
import { pnpmMajor } from './script-effect.ts';
import { type ScriptIdentity, scriptIdentity } from './script-identity.ts';

/** The identity under which a decision on a locked package's install scripts is missing; undefined where none is. */
export type Undecided = (entry: LockEntry) => ScriptIdentity | undefined;

/**
 * Which locked packages have install scripts about which nobody decided. Bundled packages never run theirs, and
 * packages for some platforms only may not be installed at all: neither is counted. Yarn's lockfiles do not name them.
 */
export function undecidedScripts(project: Project): Undecided {
  const { manager } = project;
  if (manager.name === 'yarn') return () => undefined;
  const decide =
    manager.name === 'npm'
      ? undefined
      : manager.name === 'pnpm'
        ? pnpmDecisions(project, pnpmMajor(project))
        : bunDecisions(project);
  if (manager.name === 'bun' && decide === undefined) return () => undefined;
  let policy: ScriptPolicy | undefined;
  return (entry) => {
    if (!entry.hasInstallScript || entry.bundled) return undefined;
    if (entry.optional && (entry.os.length > 0 || entry.cpu.length > 0)) return undefined;
    if (decide !== undefined) {
      // Of what comes from elsewhere, decisions are about addresses.
      if (entry.source !== 'registry' || decide(entry) !== undefined) return undefined;
      return { type: 'registry', name: entry.name, version: entry.version?.value };
    }
    const identity = scriptIdentity(entry);
    if (identity === undefined) return undefined;
    policy ??= scriptPolicyOf(project.rootManifest, project.npmConfig);
    return decisionFor(identity, policy) === undefined ? identity : undefined;
  };
}

/** The key that approves exactly what is locked; undefined where npm would not go by such a key. */
export function exactKey(identity: ScriptIdentity): string | undefined {
  switch (identity.type) {
    case 'registry':
      return identity.version === undefined ? undefined : `${identity.name}@${identity.version}`;
    case 'git':
      return identity.commit === undefined ? undefined : `${gitKey(identity.repository)}#${identity.commit}`;
    case 'address':
      return identity.address;
  }
}

/** The key for every version of the package. */
export function anyVersionKey(identity: ScriptIdentity): string {
  switch (identity.type) {
    case 'registry':
      return identity.name;
    case 'git':
      return gitKey(identity.repository);
    case 'address':
      return identity.address;
  }
}

/** Repositories of hosts that npm does not know by name are given as addresses. */
function gitKey(repository: string): string {
  return repository.includes(':') ? repository : `git+https://${repository}`;
}
