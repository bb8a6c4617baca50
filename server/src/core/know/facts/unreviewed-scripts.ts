import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import { decisionFor, type ScriptPolicy, scriptPolicyOf } from '../scripts/script-decision.ts';
import { scriptEffect } from '../scripts/script-effect.ts';
import { type ScriptIdentity, scriptIdentity } from '../scripts/script-identity.ts';
import { askedBySomebody, mayHaveScript, scriptWitness } from './locked-scripts.ts';
import type { AnswerSources } from './registry-answer.ts';

/** The identity under which a decision on a locked package's install scripts is missing; undefined where none is. */
export type Undecided = (entry: LockEntry) => ScriptIdentity | undefined;

/**
 * Which locked packages have install scripts about which nobody decided. Bundled packages never run theirs, and
 * packages for some platforms only may not be installed at all: neither is counted. Whether a package has a script that
 * the lockfile does not record is looked up only where a decision is missing and scripts may run.
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
      // Of what comes from elsewhere, decisions are about addresses.
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
