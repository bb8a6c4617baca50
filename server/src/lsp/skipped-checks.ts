import { ADVICE_FOR, TRUST_NESTED } from '../core/judge/check/advice-for.ts';
import type { UnavailableReason } from '../core/know/registry/documents/fact.ts';
import { namesAndMore, plural } from '../core/read/text/words/words.ts';
import type { NotChecked } from '../engine/session.ts';
import type { GapStep } from './messages.ts';

/** What could not be checked for one reason. */
export interface SkippedChecks {
  readonly text: string;
  /** What closes the gap; undefined if nothing that the user does. */
  readonly step: GapStep | undefined;
}

const MOST_RULES = 4;
const MOST_PACKAGES = 3;

/** Returns a text for each reason: how many checks, why, of which rules and packages, and what to do. */
export function skippedChecks(all: Iterable<NotChecked>): ReadonlyMap<UnavailableReason, SkippedChecks> {
  const byReason = new Map<UnavailableReason, Map<string, { count: number; packages: Set<string> }>>();
  for (const { rule, reason, count, packages } of all) {
    const rules = byReason.get(reason) ?? new Map<string, { count: number; packages: Set<string> }>();
    const known = rules.get(rule) ?? { count: 0, packages: new Set<string>() };
    known.count += count;
    for (const name of packages) known.packages.add(name);
    byReason.set(reason, rules.set(rule, known));
  }
  return new Map(
    [...byReason].map(([reason, rules]) => {
      const counts = [...rules.values()].map(({ count }) => count);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const sorted = [...rules].sort(([, a], [, b]) => b.count - a.count);
      const named = sorted.map(([rule, { packages }]) => `${rule} (${packagesIn(packages)})`);
      const text = `${plural(total, 'check')} skipped: ${REASONS[reason]}. Checks: ${namesAndMore(named, MOST_RULES)}. ${ADVICE[reason]}.`;
      return [reason, { text, step: STEPS[reason] }];
    }),
  );
}

function packagesIn(packages: ReadonlySet<string>): string {
  return packages.size > MOST_PACKAGES ? plural(packages.size, 'package') : [...packages].join(', ');
}

const REASONS: Readonly<Record<UnavailableReason, string>> = {
  // Shown only if the editor's own setting permits requests.
  offline: '"offline" is set for npm (in .npmrc or npm_config_offline)',
  unreachable: 'the registry could not be reached',
  private: 'private packages',
  elsewhere: 'taken from elsewhere than the registry',
  'no-access': 'the registry refused access',
  'not-provided': 'the registry does not provide the data',
  'not-recorded': 'the lockfile does not record install scripts or commands',
  'not-cached': "no cache of this machine has the packages' archives",
  patched: 'the project patches the packages',
  'not-installed': 'nothing is installed',
  'not-comparable': "the lockfile has hashes of Yarn's archives, which no registry has",
  'new-since-base': 'the registry or its credential is new since the base',
  failed: 'the registry gave no usable answer',
  // A folder that is not trusted as a whole has a sentence of its own.
  untrusted: 'their registry is named only in untrusted files of a nested folder',
};

/** What to do in an editor, as imperative sentences without their period. */
const ADVICE: Readonly<Record<UnavailableReason, string>> = {
  offline: 'To check them, remove that setting',
  unreachable: 'To check them, see that network and proxy work',
  private:
    'Packages of this workspace need no check by a registry. To check others, configure their registry in .npmrc',
  elsewhere: 'To check them, take them from a registry',
  'no-access': `To check them, ${ADVICE_FOR['no-access']}`,
  'not-provided': `To check them, ${ADVICE_FOR['not-provided']}`,
  'not-recorded': `To check them, ${ADVICE_FOR['not-recorded']}`,
  'not-comparable': `To check them, ${ADVICE_FOR['not-comparable']}`,
  'not-cached': 'To check them, install the packages again',
  patched: `To check them, ${ADVICE_FOR.patched}`,
  'not-installed': `To check them, ${ADVICE_FOR['not-installed']}`,
  failed: 'To check them, see that the registry in use answers',
  'new-since-base': `To check them, ${ADVICE_FOR['new-since-base']}`,
  untrusted: `To check them, ${TRUST_NESTED}`,
};

/** Registries that answer with an error, and packages that none of them has, are not the user's to change. */
const STEPS: Partial<Record<UnavailableReason, GapStep>> = {
  offline: 'asDescribed',
  unreachable: 'asDescribed',
  'no-access': 'asDescribed',
  untrusted: 'asDescribed',
};
