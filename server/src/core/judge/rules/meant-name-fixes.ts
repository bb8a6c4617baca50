import { rangeThatExists } from '../../know/registry/releases/range-that-exists.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import { nameFixes, UNKNOWN_RANGE } from '../../read/manifest/name-fixes.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { ExposureContext } from '../exposure/exposed-place.ts';
import { describeVulnerability, knownAgainst } from '../exposure/known-against.ts';
import { unlockedExposure } from '../exposure/unlocked.ts';

/**
 * Yields fixes for a dependency with a wrong name, with a range that the probably intended package has. As for a pin,
 * the title ends with the known vulnerabilities of the version that would be installed, and none leads to malware.
 */
export function* meantNameFixes(
  manifest: Manifest,
  dependency: ManifestDependency,
  name: string | undefined,
  context: ExposureContext,
): Generator<Fix> {
  const target = name === undefined ? undefined : context.facts.packument(name);
  if (name === undefined || target?.state === 'absent') {
    yield* nameFixes(manifest, dependency, undefined);
    return;
  }
  const { declared = '' } = dependency;
  const range = target?.state === 'ready' ? rangeThatExists(target.value, declared) : declared;
  // A version of this name need not exist under the other name.
  const isGuess = target?.state !== 'ready' && dependency.specifier.type === 'version';
  const against = isGuess ? { isMalware: false, known: '' } : againstRange(name, range, context);
  const meant = against.isMalware ? undefined : name;
  yield* nameFixes(manifest, dependency, meant, isGuess ? UNKNOWN_RANGE : range, against.known);
}

/** Returns what is known against the version of a range that would be installed. */
function againstRange(
  target: string,
  declared: string,
  context: ExposureContext,
): { readonly isMalware: boolean; readonly known: string } {
  const asked = { target, specifier: readSpecifier(target, declared), declared };
  if (unlockedExposure(asked, context, 'malware') !== undefined) return { isMalware: true, known: '' };
  const version = unlockedExposure(asked, context, 'vulnerability')?.version;
  if (version === undefined) return { isMalware: false, known: '' };
  const found = knownAgainst(context.project, context.advisories).vulnerabilitiesOf(target, version);
  return { isMalware: false, known: found === undefined ? '' : `; ${describeVulnerability(found)}` };
}
