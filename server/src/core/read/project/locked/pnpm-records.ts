import type { PnpmLockSettings } from '../../lockfile/pnpm/pnpm-settings.ts';
import { pnpmMatcher } from '../../manager/pnpm/name-matcher.ts';
import { effectiveDependencies } from '../../manifest/effective-dependencies.ts';
import type { DependencySection, Manifest, ManifestDependency } from '../../manifest/manifest.ts';

/** Where pnpm's lockfile records a dependency of a manifest: it may be omitted, or be in any section. */
export type PnpmRecord = 'in its section' | 'anywhere' | 'nowhere';

/** Among sections with the same name, the first wins. */
const PRECEDENCE: readonly DependencySection[] = ['optionalDependencies', 'dependencies', 'devDependencies'];

/**
 * Returns what pnpm records of a manifest. It omits ignored optional dependencies, also those in `dependencies` under
 * the same name, links if configured so, and a name that another section has as well. A peer dependency of the name may
 * be among the dependencies.
 */
export function pnpmRecords(
  manifest: Manifest,
  settings: PnpmLockSettings,
): (dependency: ManifestDependency) => PnpmRecord {
  const isIgnored = pnpmMatcher(settings.ignoredOptionalDependencies);
  const leavesLinks = settings.settings.some(
    ({ key, value }) => key.value === 'excludeLinksFromLockfile' && value.value === 'true',
  );
  const sections = new Map<string, Set<DependencySection>>();
  for (const { name, section } of effectiveDependencies(manifest, { peers: true })) {
    const known = sections.get(name);
    if (known === undefined) sections.set(name, new Set([section]));
    else known.add(section);
  }
  return ({ name, section, declared }) => {
    if (leavesLinks && declared?.startsWith('link:')) return 'nowhere';
    const own = sections.get(name) ?? new Set([section]);
    const isLeftOut = own.has('optionalDependencies') && isIgnored(name);
    if (isLeftOut && section !== 'devDependencies') return 'nowhere';
    const first = PRECEDENCE.find((each) => own.has(each) && !(isLeftOut && each !== 'devDependencies'));
    if (first !== section) return 'nowhere';
    return own.has('peerDependencies') ? 'anywhere' : 'in its section';
  };
}
