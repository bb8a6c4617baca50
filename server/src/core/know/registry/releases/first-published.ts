import type { ServingRegistry } from '../access/serving-registry.ts';
import type { Packument } from '../documents/packument.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Returns when the first version of a package was published, in milliseconds since 1970; undefined if unknown. A mirror
 * may have only the latest versions, or record when it copied them: it is trusted only if it states when the package
 * was created and if its times are not all within a day.
 */
export function firstPublished(
  { created, times }: Pick<Packument, 'created' | 'times'>,
  { kind }: Pick<ServingRegistry, 'kind'>,
): number | undefined {
  const all = [...times.values()];
  const [first] = all;
  if (kind !== 'public') {
    const last = all.at(-1);
    if (created === undefined || first === undefined || last! - first < DAY) return undefined;
  }
  if (created === undefined || first === undefined) return created ?? first;
  return Math.min(created, first);
}
