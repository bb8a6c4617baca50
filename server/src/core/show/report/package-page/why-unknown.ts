import { describeMissingSources } from '../../features/describe-advisory-source.ts';
import { countingSources, type PackagePageInput, type PageAdvisories, usedSources } from './package-input.ts';

/** Explains as a clause why the registry's document is not known. */
export function whyUnknown({ elsewhere, known }: PackagePageInput): string {
  if (elsewhere !== undefined) return 'the package does not come from a registry';
  switch (known.packument.state) {
    case 'unavailable':
      return known.packument.detail;
    case 'absent':
      return 'the registry has no package of this name, or does not show it';
    default:
      return 'the registry has not answered yet';
  }
}

/** Explains as a clause why advisories are not fully known; undefined if they are. */
export function whyNoAdvisories(advisories: PageAdvisories): string | undefined {
  const missing = describeMissingSources(countingSources(advisories));
  if (missing !== undefined || usedSources(advisories).length > 0) return missing;
  return advisories.isPrivate
    ? 'public advisories do not apply to a private package'
    : 'no advisory data on this machine';
}
