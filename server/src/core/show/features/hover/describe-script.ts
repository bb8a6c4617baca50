import type { PackumentVersion } from '../../../know/registry/documents/packument.ts';
import type { ScriptVerdict } from '../../../know/scripts/script-verdict.ts';

/** The known facts about scripts that run during installation of the package. */
export interface InstallScriptFacts {
  /** Whether the lockfile flags the locked entry; undefined if there is none. */
  readonly locked: boolean | undefined;
  readonly verdict: ScriptVerdict;
}

/** Checks whether the version is known to run nothing during installation. */
export function runsNothing(facts: InstallScriptFacts, published: PackumentVersion | undefined): boolean {
  const has = facts.locked ?? published?.hasInstallScript;
  return has === false && (published === undefined || published.installScripts.size === 0);
}

/** Checks whether nothing is known of its scripts. */
export function isUnknownScript(
  { locked }: InstallScriptFacts,
  published: PackumentVersion | undefined,
): boolean {
  return (locked ?? published?.hasInstallScript) === undefined && (published?.installScripts.size ?? 0) === 0;
}

/**
 * Formats the scripts and the project's decision: "postinstall: node install.js — approved for 0.28.2 in allowScripts".
 */
export function describeScript(facts: InstallScriptFacts, published: PackumentVersion | undefined): string {
  const commands = [...(published?.installScripts ?? [])].map(([script, command]) => `${script}: ${command}`);
  if (isUnknownScript(facts, published)) return 'unknown';
  if (runsNothing(facts, published)) return 'none run on install';
  const what = commands.length === 0 ? 'runs a script on install' : commands.join('; ');
  const decision = describeVerdict(facts.verdict);
  return decision === undefined ? what : `${what} — ${decision}`;
}

/** Formats the project's decision: `approved for 0.28.2 in allowScripts`; undefined if it is unknown. */
export function describeVerdict(verdict: ScriptVerdict): string | undefined {
  switch (verdict.type) {
    case 'approved':
    case 'denied':
      return `${verdict.type} for ${verdict.version ?? 'every version'} in ${verdict.setting}`;
    case 'left-out':
      return `denied, as ${verdict.setting} does not list it`;
    case 'undecided':
      return `unreviewed in ${verdict.setting}`;
    case 'built-in':
      return "decided by Bun's own list, as trustedDependencies is missing";
    case 'undecidable':
      return 'Yarn 1 has no setting for single packages';
    case 'unknown':
      return undefined;
  }
}
