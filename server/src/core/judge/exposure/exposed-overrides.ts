import semver from 'semver';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { readSpecifier, targetOf } from '../../read/manifest/read-specifier.ts';
import { isFixtureFile } from '../../read/project/fixture-files.ts';
import type { OverrideEntry } from '../../read/project/overrides/overrides.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { type AdvisoryKind, isOfKind } from './advisory-kind.ts';
import { affectingIn } from './affecting.ts';
import type { ExposedPlace, ExposureContext, TakenPackages } from './exposed-place.ts';
import { isWithinRange } from './is-within-range.ts';
import { lockExposure } from './lock-exposure.ts';
import { firstOfEachVersion, unlockedPackages } from './packages.ts';

/** Yields the lines of a file's overrides that set versions affected by advisories. */
export function* inOverrides(
  uri: Uri,
  context: ExposureContext,
  kind: AdvisoryKind,
): Generator<ExposedPlace> {
  const { overrides, overridePlaces } = context.project;
  for (const [at, override] of overrides.entries.entries()) {
    const place = overridePlaces[at];
    if (override.uri !== uri || place === undefined) continue;
    const exposed = overrideExposure(override, context, kind);
    if (exposed === undefined) continue;
    const { name } = override.selector!.target;
    const { lockfile } = context.project;
    const locked = lockfile && lockExposure(context.project, lockfile, context.advisories, kind);
    for (const own of exposed.packages) {
      const used = own.entry && locked?.usedAt(own.entry);
      yield {
        ...exposed,
        ...{ version: own.version, own, brought: [], packages: [own] },
        kind: 'override',
        span: place.valueSpan,
        name,
        declared: override.declared,
        isDev: false,
        used: used ?? {
          isDev: false,
          isOfTools: false,
          isDirect: true,
          isFixture: isFixtureFile(context.project, uri),
        },
        introducers: [],
        isDirect: true,
        related: [],
      };
    }
  }
}

/**
 * Returns the affected packages that an override sets; undefined if its own value refers to another line that decides.
 */
export function overrideExposure(
  { selector, counts, declared, effective }: OverrideEntry,
  context: ExposureContext,
  kind: AdvisoryKind,
): (TakenPackages & Pick<ExposedPlace, 'target'>) | undefined {
  if (selector === undefined || !counts || effective === undefined || effective !== declared)
    return undefined;
  const { name } = selector.target;
  const specifier = readSpecifier(name, effective);
  const target = targetOf(name, specifier);
  const inner = plainOf(specifier);
  if (inner === undefined || inner.type === 'tag') return undefined;
  const { project, advisories } = context;
  const { lockfile } = project;
  if (lockfile !== undefined) {
    const { affected } = lockExposure(project, lockfile, advisories, kind);
    const set = [...affected.values()].filter(
      (each) => each.name === target && isWithinRange(each.version, inner.range),
    );
    const packages = firstOfEachVersion(set);
    const [own, ...brought] = packages;
    const taken = { target, version: own?.version, by: 'locked', own, brought, packages } as const;
    return own === undefined ? undefined : taken;
  }
  const version = inner.type === 'version' ? semver.valid(inner.range) : null;
  if (version === null) return undefined;
  const found = affectingIn(project, advisories)(target, version).filter((each) => isOfKind(each, kind));
  if (found.length === 0) return undefined;
  return { target, ...unlockedPackages(target, version, 'exact', found) };
}
