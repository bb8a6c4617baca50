import type { Project } from '../project/project.ts';
import type { CheckedFile, Found } from '../rules/rule.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';
import type { ExposedPlace, TakenBy } from './exposed-place.ts';
import { relatedAdvisories } from './related-advisories.ts';
import { type ToldAdvisory, toldPackages } from './told-advisories.ts';

/** What every finding of advisories at a place says. */
export interface Exposure {
  readonly kind: ExposedPlace['kind'];
  /** The package at the place itself, and its version. */
  readonly name: string;
  readonly version: string | null;
  readonly by: TakenBy;
  readonly declared: string | null;
  readonly dev: boolean;
  /** Every advisory that is told, the worst first. */
  readonly advisories: readonly AdvisoryFacts[];
  /** How many versions of packages they are about. */
  readonly packages: number;
  readonly bringers: readonly string[];
}

/** The finding of these advisories at a place, all but its severity and what only its rule has to say. */
export function foundExposure(
  place: ExposedPlace,
  told: readonly ToldAdvisory[],
  file: CheckedFile,
  { lockfile }: Pick<Project, 'lockfile'>,
): Found<Exposure> {
  const { kind, name, target, version, by, declared, bringers, isDev } = place;
  return {
    span: place.span,
    data: {
      kind,
      name: target,
      version: version ?? null,
      by,
      declared: declared ?? null,
      dev: isDev,
      advisories: told.map(({ facts }) => facts),
      packages: toldPackages(told).length,
      bringers,
    },
    package: name,
    ...(version === undefined ? {} : { version }),
    ...(target === name ? {} : { target }),
    advisories: told.map(({ found }) => found),
    related: relatedAdvisories(place, told, file, file.kind === 'lockfile' ? file : lockfile),
  };
}
