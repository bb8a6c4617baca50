import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import type { RecordedRun } from '../units/recorded-run.ts';

/**
 * Of the dependencies that a run looked at, those of which something was asked that is not known, or not for certain any more: they are
 * looked at again with each edit, so that it is asked for as long as it matters. Undefined where it cannot be told for
 * which of them something was asked.
 * @param found what the run found: a dependency may bring what advisories affect, and stands for that
 */
export function unsureNames(
  looked: Pick<Manifest, 'dependencies'>,
  { facts, missing }: Pick<RecordedRun, 'facts' | 'missing'>,
  found: readonly Finding[],
): ReadonlySet<string> | undefined {
  const asked = new Set(missing);
  for (const { request, fact } of facts.values()) {
    const isKnown = fact.state === 'absent' || (fact.state === 'ready' && !fact.stale);
    if (!isKnown) asked.add(request.name);
  }
  const unsure = new Set<string>();
  if (asked.size === 0) return unsure;
  const explained = new Set<string>();
  const explain = (dependency: string, about: string) => {
    if (!asked.has(about)) return;
    unsure.add(dependency);
    explained.add(about);
  };
  for (const { name, target } of looked.dependencies) {
    explain(name, name);
    explain(name, target);
  }
  for (const { package: name, target, advisories = [] } of found) {
    if (name === undefined) continue;
    if (target !== undefined) explain(name, target);
    for (const advisory of advisories) explain(name, advisory.package);
  }
  return explained.size === asked.size ? unsure : undefined;
}
