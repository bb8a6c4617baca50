import type { ServingRegistry } from '../access/serving-registry.ts';
import type { Packument } from '../documents/packument.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * When the first version of a package was published, in milliseconds since 1970; undefined where that is not known. A
 * mirror may have only the latest versions, or note when it copied them: it is believed only where it says when the
 * package was created and where its times do not all lie within a day.
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
