import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import { decisionFor, type ScriptPolicy, scriptPolicyOf } from '../scripts/script-decision.ts';
import { scriptEffect } from '../scripts/script-effect.ts';
import { type ScriptIdentity, scriptIdentity } from '../scripts/script-identity.ts';
import { askedBySomebody, mayHaveScript, scriptWitness } from './locked-scripts.ts';
import type { AnswerSources } from './registry-answer.ts';

/**
 * Returns the identity under which a decision on a locked package's install scripts is missing; undefined if none is.
 */
export type Undecided = (entry: LockEntry) => ScriptIdentity | undefined;

/**
 * Finds locked packages with unreviewed install scripts. Bundled packages never run theirs, and packages for certain
 * platforms may not be installed at all: neither is counted. A script that the lockfile does not record is looked up
 * only if a decision is missing and scripts may run.
 */
export function undecidedScripts(sources: AnswerSources): Undecided {
  const { project } = sources;
  const { lockfile } = project;
  const { canDeny, decisions } = specOf(project.manager).scripts;
  const decide = decisions(project);
  if (!canDeny && decide === undefined) return () => undefined;
  const isIgnored = scriptEffect(project) === 'ignored';
  const isAskedAbout = askedBySomebody(project);
  const isSaid = (entry: LockEntry) => scriptWitness(entry, sources, isAskedAbout) !== undefined;
  let policy: ScriptPolicy | undefined;
  return (entry) => {
    if (lockfile === undefined || !mayHaveScript(entry, lockfile) || entry.bundled) return undefined;
    if (isIgnored && entry.hasInstallScript !== true) return undefined;
    if (entry.optional && (entry.os.length > 0 || entry.cpu.length > 0)) return undefined;
    if (decide !== undefined) {
      // For packages from elsewhere, decisions are by URL.
      if (entry.source !== 'registry' || decide(entry) !== undefined) return undefined;
      if (!isSaid(entry)) return undefined;
      return { type: 'registry', name: entry.name, version: entry.version?.value };
    }
    const identity = scriptIdentity(entry);
    if (identity === undefined) return undefined;
    policy ??= scriptPolicyOf(project.rootManifest, project.npmConfig);
    if (decisionFor(identity, policy) !== undefined) return undefined;
    return isSaid(entry) ? identity : undefined;
  };
}

/** Returns the key that approves exactly what is locked; undefined if npm would not accept such a key. */
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

/** Returns the key for every version of the package. */
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

/** Repositories of hosts unknown to npm are given as URLs. */
function gitKey(repository: string): string {
  return repository.includes(':') ? repository : `git+https://${repository}`;
}
