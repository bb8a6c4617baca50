import type { CoverageGap } from '../check/coverage.ts';
import type { UndecidedPackage } from './undecided-packages.ts';

/** Returns a gap for each package that advisories leave undecided, which is neither a finding nor clean. */
export function undecidedGaps(packages: readonly UndecidedPackage[]): readonly CoverageGap[] {
  return packages.map(({ name, version, advisories }): CoverageGap => {
    const common = { kind: 'advisories', state: 'not-checked' } as const;
    if (version === undefined) {
      return {
        ...common,
        reason: 'damaged',
        subject: `${name} against advisories`,
        detail: 'the lockfile has no readable version of it',
        advice: 'let the package manager rewrite the lockfile',
        packages: [name],
      };
    }
    const ids = advisories.map(({ id }) => id);
    const isLost = advisories.every(({ isUnbounded }) => isUnbounded);
    const which = ids.length === 1 ? 'the advisory' : 'the advisories';
    return {
      ...common,
      reason: 'undecided',
      subject: `${name} ${version} against ${ids.join(', ')}`,
      detail: isLost
        ? `could not be judged, as ${which} lost the end of the affected range`
        : `could not be judged, as the range of affected versions cannot be read`,
      advice: `read ${which}, then update ${name} or accept it in dependency-hygiene.json`,
      packages: [`${name}@${version}`],
    };
  });
}
