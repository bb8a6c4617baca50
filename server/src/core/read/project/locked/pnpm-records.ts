import type { PnpmLockSettings } from '../../lockfile/pnpm/pnpm-settings.ts';
import { pnpmMatcher } from '../../manager/pnpm/name-matcher.ts';
import { effectiveDependencies } from '../../manifest/effective-dependencies.ts';
import type { DependencySection, Manifest, ManifestDependency } from '../../manifest/manifest.ts';

/** Where a dependency of a manifest stands in pnpm's lockfile: it may be left out, or be in whatever section. */
export type PnpmRecord = 'in its section' | 'anywhere' | 'nowhere';

/** Of sections with the same name, the first. */
const PRECEDENCE: readonly DependencySection[] = ['optionalDependencies', 'dependencies', 'devDependencies'];

/**
 * What pnpm writes of a manifest. It leaves out ignored optional dependencies, those in `dependencies` under the same
 * name as well, links where it was told to, and what another section has under the same name. A peer dependency of the
 * name may be among the dependencies.
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
