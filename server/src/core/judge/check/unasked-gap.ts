import { type Base, describeBase } from '../../read/project/base.ts';
import type { UnaskedPackages } from '../../read/project/locked/asked-entries.ts';
import { group, plural } from '../../read/text/words/words.ts';
import type { CoverageGap } from './coverage.ts';

/** Returns the gap for locked packages that registries were not asked about. `path` is the lockfile's. */
export function unaskedGap({ count, why }: UnaskedPackages, base: Base, path: string): CoverageGap {
  const common = { kind: 'package', state: 'not-checked', reason: 'not-asked', path } as const;
  if (why === 'too-many') {
    const subject = `${group(count)} new ${count === 1 ? 'package' : 'packages'} in ${path}`;
    return { ...common, subject, detail: 'not asked about, as too many are new at once', advice: DEEP };
  }
  return {
    ...common,
    subject: `${plural(count, 'transitive package')} in ${path}`,
    detail: `not asked about, as the file is not in ${describeBase(base)}, so new ones are unknown`,
    advice: `commit the lockfile, give --base, or ${DEEP}`,
  };
}

const DEEP = 'run "dephygiene check --trust --deep"';
