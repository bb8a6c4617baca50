import type { Facts } from '../../know/facts/facts.ts';
import { rangeThatExists } from '../../know/registry/releases/range-that-exists.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import { nameFixes, UNKNOWN_RANGE } from '../../read/manifest/name-fixes.ts';
import type { Fix } from '../../read/text/finding.ts';

/** Yields fixes for a dependency with a wrong name, with a range that the probably intended package has. */
export function* meantNameFixes(
  manifest: Manifest,
  dependency: ManifestDependency,
  name: string,
  facts: Pick<Facts, 'packument'>,
): Generator<Fix> {
  const target = facts.packument(name);
  const { declared = '' } = dependency;
  const range = target.state === 'ready' ? rangeThatExists(target.value, declared) : declared;
  // A version of this name need not exist under the other name.
  const isGuess = target.state !== 'ready' && dependency.specifier.type === 'version';
  const meant = target.state === 'absent' ? undefined : name;
  yield* nameFixes(manifest, dependency, meant, isGuess ? UNKNOWN_RANGE : range);
}
