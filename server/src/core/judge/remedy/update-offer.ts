import semver from 'semver';
import type { Advisories } from '../../know/advisory/advisories.ts';
import { NO_ADVISORIES } from '../../know/advisory/no-advisories.ts';
import { rememberFor } from '../../know/registry/access/remember-for.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { newestInRange } from '../../know/registry/releases/candidate-version.ts';
import { fitsEngines } from '../../know/registry/releases/fits-engines.ts';
import {
  rangeOfLevel,
  UPDATE_LEVELS,
  type UpdateLevel,
  updateLevel,
} from '../../know/registry/releases/update-level.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { moveRange } from '../../read/manifest/move-range.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { askCoolDown, type CoolDown, coolDownKey, coolDownOf } from '../../read/project/manager/cool-down.ts';
import type { Project } from '../../read/project/project.ts';
import { type KnownAgainst, type KnownVulnerabilities, knownAgainst } from '../exposure/known-against.ts';
import type { DeclaredRange } from './declared-range.ts';
import { newestAllowed, type PassedOver, passedOverLatest } from './newest-allowed.ts';

/** A version that is newer than what may be taken now. */
export interface HeldVersion {
  readonly version: string;
  /** When its cooldown ends, in milliseconds since 1970; undefined where that cannot be said. */
  readonly until: number | undefined;
  /** waits: too young; unknown: the registry does not say how old it is. */
  readonly because: 'waits' | 'unknown';
}

/** The newer versions of a dependency that the project may take now. */
export interface UpdateOffer {
  /** The locked version, else the lowest that the range takes in. */
  readonly current: string;
  /** The newest in the declared range; undefined where `current` is it. */
  readonly inRange: string | undefined;
  /** The newest of all, which is never above what `latest` means; undefined where `current` is it. */
  readonly latest: string | undefined;
  /** What the registry calls `latest`, where that is another version than `latest` here. */
  readonly passedOver: PassedOver | undefined;
  /** What `latest` means, where that has not passed the cooldown. */
  readonly held: HeldVersion | undefined;
  /** For each level the newest version of just that level. */
  readonly byLevel: ReadonlyMap<UpdateLevel, string>;
  /** Of the versions above, those with known vulnerabilities. None is malware. */
  readonly vulnerable: ReadonlyMap<string, KnownVulnerabilities>;
}

export interface OfferContext {
  readonly coolDown: CoolDown;
  /** Whose `engines` a version has to fit: the root's. */
  readonly engines: Manifest | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly against: KnownAgainst;
}

export function offerContext(
  project: Project,
  now: number,
  advisories: Advisories = NO_ADVISORIES,
): OfferContext {
  const against = knownAgainst(project, advisories);
  return { coolDown: coolDownOf(project), engines: project.rootManifest, now, against };
}

/** Undefined where it is not known what the project has now. */
export function updateOffer(
  { specifier, locked }: Pick<DeclaredRange, 'specifier' | 'locked'>,
  packument: Packument,
  context: OfferContext,
): UpdateOffer | undefined {
  const plain = specifier.type === 'alias' ? specifier.inner : specifier;
  const current = locked ?? lowestOf(plain);
  if (current === undefined) return undefined;
  return rememberFor(packument, keyOf(plain, current, packument.name, context), () =>
    offerFor(plain, current, packument, context),
  );
}

const HOUR = 3_600_000;

/** As everywhere, what gets old enough does so with the hour. */
function keyOf(
  specifier: Specifier,
  current: string,
  name: string,
  { coolDown, engines, now, against }: OfferContext,
): string {
  const hour = Math.floor(now / HOUR);
  const node = engines?.engines.get('node')?.value;
  const known = against.keyOf(name);
  return JSON.stringify(['update offer', specifier, current, coolDownKey(coolDown), node, hour, known]);
}

function offerFor(
  specifier: Specifier,
  current: string,
  packument: Packument,
  context: OfferContext,
): UpdateOffer {
  const { coolDown, engines, now, against } = context;
  const { name } = packument;
  const newest = (range: string): string | undefined => {
    const found = newestAllowed({ packument, coolDown, now, current, engines, against }, range);
    return found !== undefined && semver.gt(found, current) ? found : undefined;
  };
  const byLevel = new Map<UpdateLevel, string>();
  for (const level of UPDATE_LEVELS) {
    const version = newest(rangeOfLevel(current, level));
    if (version !== undefined && updateLevel(current, version) === level) byLevel.set(level, version);
  }
  const inRange = wantedBy(specifier, newest);
  const latest = newest('*');
  const vulnerable = new Map<string, KnownVulnerabilities>();
  for (const version of [...byLevel.values(), inRange, latest]) {
    const known = version === undefined ? undefined : against.vulnerabilitiesOf(name, version);
    if (known !== undefined) vulnerable.set(version!, known);
  }
  const passedOver = passedOverLatest(packument, latest, engines);
  const held = heldVersion(packument, current, context);
  return { current, inRange, latest, passedOver, held, byLevel, vulnerable };
}

/** What the value would be with this version; undefined where it would not change, or cannot say it. */
export function movedTo({ declared }: Pick<DeclaredRange, 'declared'>, version: string): string | undefined {
  const moved = moveRange(declared, version);
  return moved === declared ? undefined : moved;
}

/** A tag other than `latest` is left to its publishers. */
function wantedBy(specifier: Specifier, newest: (range: string) => string | undefined): string | undefined {
  switch (specifier.type) {
    case 'version':
    case 'range':
      return newest(specifier.range);
    case 'tag':
      return specifier.tag === 'latest' ? newest('*') : undefined;
    default:
      return undefined;
  }
}

function lowestOf(specifier: Specifier): string | undefined {
  if (specifier.type !== 'version' && specifier.type !== 'range') return undefined;
  const lowest = semver.minVersion(specifier.range)?.version;
  // `*` and the like say nothing of what is installed.
  return lowest === '0.0.0' && !/0\.0\.0/.test(specifier.range) ? undefined : lowest;
}

function heldVersion(
  packument: Packument,
  current: string,
  { coolDown, engines, now, against }: OfferContext,
): HeldVersion | undefined {
  const newest = newestInRange({ packument, range: '*', current });
  if (newest === undefined || !semver.gt(newest.version, current)) return undefined;
  if (!fitsEngines(newest, engines) || against.isMalware(packument.name, newest.version)) return undefined;
  const { version } = newest;
  const publishedAt = packument.times.get(version);
  const answer = askCoolDown(coolDown, packument.name, version, publishedAt, now);
  if (answer === 'passes' || answer === 'exempt') return undefined;
  const until = publishedAt === undefined || coolDown.wait === 0 ? undefined : publishedAt + coolDown.wait;
  return { version, until, because: answer };
}
