import type { Finding } from '../core/finding.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import type { RecordedRun } from './recorded-run.ts';

/**
 * The dependencies of a manifest of which something was asked that is not known, or not for certain any more: they are
 * looked at again with each edit, so that it is asked for as long as it matters. Undefined where it cannot be told for
 * which of them something was asked.
 * @param found where findings about other packages stand: a dependency may bring what advisories affect
 * @param names of the dependencies that were looked at; undefined for all
 */
export function unsureNames(
  manifest: Manifest,
  { facts, missing }: Pick<RecordedRun, 'facts' | 'missing'>,
  found: readonly Finding[],
  names: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  const asked = new Set(missing);
  for (const { request, fact } of facts.values()) {
    const isKnown = fact.state === 'absent' || (fact.state === 'ready' && !fact.stale);
    if (!isKnown) asked.add(request.name);
  }
  const unsure = new Set<string>();
  if (asked.size === 0) return unsure;
  const explained = new Set<string>();
  const explain = (dependency: string, about: Iterable<string>) => {
    for (const name of about) {
      if (!asked.has(name)) continue;
      unsure.add(dependency);
      explained.add(name);
    }
  };
  for (const { name, target } of manifest.dependencies) {
    if (names === undefined || names.has(name)) explain(name, [name, target]);
  }
  for (const { package: name, target, advisories = [] } of found) {
    if (name === undefined) continue;
    explain(
      name,
      advisories.map((advisory) => advisory.package),
    );
    if (target !== undefined) explain(name, [target]);
  }
  return explained.size === asked.size ? unsure : undefined;
}
