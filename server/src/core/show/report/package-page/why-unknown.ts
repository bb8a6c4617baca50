import type { PackagePageInput } from './package-input.ts';

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
