import type { Manifest } from '../manifest/manifest.ts';
import type { PackageManagerName } from '../project/project.ts';

/** What the project decided about a package's install scripts. Unknown: another manager than npm decides elsewhere. */
export type ScriptVerdict =
  | {
      readonly type: 'approved' | 'denied' /** As written: a name, or a name with versions. */;
      readonly key: string;
    }
  | { readonly type: 'undecided' }
  | { readonly type: 'unknown' };

/**
 * npm's decision for a version, from `allowScripts` of the root manifest. A key is the name alone, or the name with
 * one exact version or several between `||`; a denial beats an approval.
 */
export function scriptVerdict(
  root: Pick<Manifest, 'allowScripts'> | undefined,
  manager: PackageManagerName,
  name: string,
  version: string | undefined,
): ScriptVerdict {
  if (manager !== 'npm') return { type: 'unknown' };
  const decisions = (root?.allowScripts?.decisions ?? []).filter(({ key }) => covers(key, name, version));
  const denied = decisions.find(({ allowed }) => allowed === false);
  if (denied !== undefined) return { type: 'denied', key: denied.key };
  const approved = decisions.find(({ allowed }) => allowed === true);
  return approved === undefined ? { type: 'undecided' } : { type: 'approved', key: approved.key };
}

function covers(key: string, name: string, version: string | undefined): boolean {
  if (key === name) return true;
  if (version === undefined || !key.startsWith(`${name}@`)) return false;
  const versions = key.slice(name.length + 1).split('||');
  return versions.some((each) => each.trim() === version);
}
