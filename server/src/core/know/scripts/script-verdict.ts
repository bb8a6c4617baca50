import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { ScriptDecision, ScriptSubject } from '../../read/manager/model/scripts.ts';
import { pnpmDecisions } from '../../read/manager/pnpm/decisions.ts';
import { pnpmMajor } from '../../read/manager/pnpm/version.ts';
import type { Project } from '../../read/project/project.ts';
import { decisionFor, scriptPolicyOf } from './script-decision.ts';
import { type ScriptIdentity, scriptIdentity } from './script-identity.ts';

/**
 * The project's decision about a package's install scripts. left-out: missing from a list of those that may run;
 * built-in: Bun uses its own list; undecidable: the package manager does not support decisions about single packages;
 * unknown: it depends on something unknown.
 */
export type ScriptVerdict =
  | {
      readonly type: 'approved' | 'denied';
      /** Undefined if it covers every version. */
      readonly version: string | undefined;
      /** The setting with the decision. */
      readonly setting: string;
    }
  | { readonly type: 'left-out' | 'undecided'; readonly setting: string }
  | { readonly type: 'built-in' | 'undecidable' | 'unknown' };

type Sources = Pick<Project, 'manager' | 'rootManifest' | 'npmConfig' | 'pnpmWorkspace' | 'lockfile'>;

const UNKNOWN: ScriptVerdict = { type: 'unknown' };

/** Returns the package manager's decision for a locked entry; without one, for any version of the name. */
export function scriptVerdict(sources: Sources, name: string, entry: LockEntry | undefined): ScriptVerdict {
  const { scripts, isCertain } = specOf(sources.manager);
  const subject = entry ?? { name };
  const isElsewhere = entry !== undefined && entry.source !== 'registry';
  switch (scripts.review) {
    case 'allowScripts':
      return verdictOfNpm(sources, name, entry);
    case 'buildLists':
      // For packages not from a registry, pnpm's decisions refer to URLs.
      return isElsewhere ? UNKNOWN : verdictOfPnpm(sources, subject);
    case 'trustedDependencies': {
      const decide = scripts.decisions(sources);
      if (decide !== undefined) return verdictOf(decide(subject), subject, 'trustedDependencies');
      return isElsewhere ? UNKNOWN : { type: 'built-in' };
    }
    case 'dependenciesMeta': {
      const decide = isCertain ? scripts.decisions(sources) : undefined;
      return decide === undefined ? UNKNOWN : verdictOf(decide(subject), subject, 'dependenciesMeta');
    }
    case 'none':
      return { type: 'undecidable' };
  }
}

function verdictOfNpm(
  { rootManifest, npmConfig }: Sources,
  name: string,
  entry: LockEntry | undefined,
): ScriptVerdict {
  const setting = 'allowScripts';
  const policy = scriptPolicyOf(rootManifest, npmConfig);
  const anyVersion: ScriptIdentity = { type: 'registry', name, version: undefined };
  const bare = policy.get(name) ?? policy.get(`${name}@*`);
  const identity = entry === undefined ? anyVersion : scriptIdentity(entry);
  const allowed = identity === undefined ? undefined : decisionFor(identity, policy);
  if (allowed === undefined || (entry === undefined && bare === undefined))
    return { type: 'undecided', setting };
  const version = bare === allowed ? undefined : entry?.version?.value;
  return { type: allowed ? 'approved' : 'denied', version, setting };
}

function verdictOfPnpm(sources: Sources, subject: ScriptSubject): ScriptVerdict {
  // pnpm 12.11 and later check these first, and their script permissions are not read here.
  if (sources.pnpmWorkspace?.setting('permissions') !== undefined) return UNKNOWN;
  const major = pnpmMajor(sources);
  const verdict = (of: number) => {
    const setting = of < 11 ? 'onlyBuiltDependencies' : 'allowBuilds';
    return verdictOf(pnpmDecisions(sources, of)(subject), subject, setting);
  };
  const found = verdict(major);
  if (found.type !== 'undecided' || sources.manager.version !== undefined || major < 11) return found;
  // pnpm 10 writes the same lockfile, but still reads lists that later versions ignore.
  return verdict(10).type === 'undecided' ? found : UNKNOWN;
}

function verdictOf(
  decision: ScriptDecision | undefined,
  { version }: ScriptSubject,
  setting: string,
): ScriptVerdict {
  if (decision === undefined) return { type: 'undecided', setting };
  if (decision.by === 'omission') return { type: 'left-out', setting: decision.setting };
  return {
    type: decision.allowed ? 'approved' : 'denied',
    version: decision.by === 'versions' ? version?.value : undefined,
    setting: decision.setting,
  };
}
