import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import type { Found } from '../check/rule.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';
import type { ExposedPlace, TakenBy } from './exposed-place.ts';
import { relatedAdvisories } from './related-advisories.ts';
import { reportedPackages, type ShownAdvisory } from './shown-advisories.ts';

/** The common data of all advisory findings at a place. */
export interface Exposure {
  readonly kind: ExposedPlace['kind'];
  /** The package at the place itself, and its version. */
  readonly name: string;
  readonly version: string | null;
  readonly by: TakenBy;
  readonly declared: string | null;
  /** Whether it is declared or installed for development only. */
  readonly dev: boolean;
  /** Who uses it, as rated for the severity: a front end ships its development dependencies. */
  readonly used: 'production' | 'development' | 'development-tools';
  /** All reported advisories, highest severity first. */
  readonly advisories: readonly AdvisoryFacts[];
  /** The number of affected package versions. */
  readonly packages: number;
  /** Whether one of them affects the package at the place itself. */
  readonly isOwn: boolean;
  /** Whether the package at the place is a direct dependency. */
  readonly isDirect: boolean;
  readonly introducers: readonly string[];
}

type Parts = Required<Pick<Found<Exposure>, 'data' | 'advisories' | 'related'>>;

interface Made {
  readonly of: ExposedPlace;
  readonly lockfile: Lockfile | undefined;
  readonly parts: Parts;
}

/** Cached by list of locked packages, as rules ask on every keystroke. */
const made = new WeakMap<readonly ShownAdvisory[], Made>();

/** Returns the finding of these advisories at a place, without the parts specific to a rule. */
export function foundExposure(
  place: ExposedPlace,
  reported: readonly ShownAdvisory[],
  file: CheckedFile,
  project: Pick<Project, 'lockfile'>,
  severity: Severity,
): Found<Exposure> {
  const { name, target, version, span } = place;
  const lockfile = file.kind === 'lockfile' ? file : project.lockfile;
  const before = made.get(reported);
  let parts =
    before !== undefined && before.lockfile === lockfile && isAlike(before.of, place)
      ? before.parts
      : undefined;
  if (parts === undefined) {
    parts = partsOf(place, reported, file, lockfile);
    if (isApart(place, reported)) made.set(reported, { of: place, lockfile, parts });
  }
  const { data, advisories, related } = parts;
  return {
    span,
    data,
    severity,
    package: name,
    advisories,
    related,
    ...(version === undefined ? {} : { version }),
    ...(target === name ? {} : { target }),
  };
}

/** Checks whether the finding does not depend on where in its file the place is. */
function isApart({ related }: ExposedPlace, reported: readonly ShownAdvisory[]): boolean {
  return related.length === 0 && reported.every(({ of }) => of.entry !== undefined);
}

function isAlike(a: ExposedPlace, b: ExposedPlace): boolean {
  return (
    a.kind === b.kind &&
    a.own === b.own &&
    a.name === b.name &&
    a.target === b.target &&
    a.version === b.version &&
    a.by === b.by &&
    a.declared === b.declared &&
    a.isDev === b.isDev &&
    a.used.isDev === b.used.isDev &&
    a.used.isOfTools === b.used.isOfTools &&
    a.introducers === b.introducers &&
    a.related === b.related
  );
}

function partsOf(
  place: ExposedPlace,
  reported: readonly ShownAdvisory[],
  file: CheckedFile,
  lockfile: Lockfile | undefined,
): Parts {
  const { kind, target, version, by, declared, introducers, isDev, used, isDirect, own } = place;
  return {
    data: {
      kind,
      name: target,
      version: version ?? null,
      by,
      declared: declared ?? null,
      dev: isDev,
      used: used.isOfTools ? 'development-tools' : used.isDev ? 'development' : 'production',
      advisories: reported.map(({ facts }) => facts),
      packages: reportedPackages(reported).length,
      isOwn: reported.some(({ of }) => of === own),
      isDirect,
      introducers,
    },
    advisories: reported.map(({ found }) => found),
    related: relatedAdvisories(place, reported, file, lockfile),
  };
}
