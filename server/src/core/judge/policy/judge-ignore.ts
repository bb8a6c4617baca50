import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { daysAfter } from '../../read/policy-file/day.ts';
import type { Ignore } from '../../read/policy-file/policy.ts';
import { type Unused, unusedIgnore } from './unused-ignore.ts';

/** What is wrong with an ignore entry, the most severe problem first. */
export type IgnoreFault =
  | { readonly type: Unused }
  | { readonly type: 'expired'; readonly on: string }
  /**
   * Nothing reads the entry, or it is compared with something else. `instead`: the id that would be read, if known;
   * `into`: the list that would be read, if it is a different one.
   */
  | {
      readonly type: 'not-read';
      readonly why: string;
      readonly instead: string | null;
      readonly into: string | null;
    }
  | { readonly type: 'incomplete'; readonly lacks: readonly ('reason' | 'expires')[] }
  | { readonly type: 'everything' }
  | { readonly type: 'too-long'; readonly until: string; readonly days: number; readonly latest: string };

export interface IgnoreContext {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly maxDays: number;
  /** All lockfiles that the entry applies to; undefined if unknown. */
  readonly lockfiles: readonly Lockfile[] | undefined;
  readonly advisories: Advisories;
}

/** The rules whose findings are about advisories. */
export const ADVISORY_RULES: ReadonlySet<string> = new Set(['vulnerable-dependency', 'malicious-version']);

/** Returns what is wrong with an entry of the configuration file; undefined if nothing is. */
export function judgeIgnore(ignore: Ignore, context: IgnoreContext): IgnoreFault | undefined {
  const { expires, lacks } = ignore;
  const { today, lockfiles, advisories } = context;
  const isOfAdvisories = ADVISORY_RULES.has(ignore.rule);
  if (isOfAdvisories && lockfiles !== undefined && ignore.path === undefined) {
    const unused = unusedIgnore(ignore, lockfiles, advisories);
    if (unused !== undefined) return { type: unused };
  }
  if (expires !== undefined && expires < today) return { type: 'expired', on: expires };
  if (lacks.length > 0) return { type: 'incomplete', lacks };
  if (isOfAdvisories && isWide(ignore)) return { type: 'everything' };
  return tooLong(expires, context);
}

export function tooLong(
  expires: string | undefined,
  { today, maxDays }: Pick<IgnoreContext, 'today' | 'maxDays'>,
): IgnoreFault | undefined {
  const latest = daysAfter(today, maxDays);
  if (expires === undefined || expires <= latest) return undefined;
  return { type: 'too-long', until: expires, days: maxDays, latest };
}

function isWide({ id, package: name, version, path }: Ignore): boolean {
  const isAnywhere = path === undefined || /^(?:\.?\/)?\*\*?(?:\/\*\*?)*$/.test(path);
  return id === undefined && name === undefined && version === undefined && isAnywhere;
}
