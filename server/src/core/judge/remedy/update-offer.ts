import semver from 'semver';
import type { Advisories } from '../../know/advisory/advisories.ts';
import { NO_ADVISORIES } from '../../know/advisory/advisories.ts';
import { memoizeFor } from '../../know/registry/access/remember-for.ts';
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
import { askCooldown, type Cooldown, cooldownKey, cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import { type KnownAgainst, type KnownVulnerabilities, knownAgainst } from '../exposure/known-against.ts';
import type { DeclaredRange } from './declared-range.ts';
import { newestAllowed, type PassedOver, passedOverLatest } from './newest-allowed.ts';

/** A version newer than those that may be installed now. */
export interface HeldVersion {
  readonly version: string;
  /** When its cooldown ends, in milliseconds since 1970; undefined if unknown. */
  readonly until: number | undefined;
  /** waits: too young; unknown: the registry does not state its age. */
  readonly because: 'waits' | 'unknown';
}

/** The newer versions of a dependency that the project may install now. */
export interface UpdateOffer {
  /** The locked version, otherwise the lowest in the declared range. */
  readonly current: string;
  /** The latest in the declared range; undefined if that is `current`. */
  readonly inRange: string | undefined;
  /** The latest overall, never above the `latest` tag; undefined if that is `current`. */
  readonly latest: string | undefined;
  /** The version tagged `latest`, if it differs from `latest` here. */
  readonly passedOver: PassedOver | undefined;
  /** The version tagged `latest`, if it has not passed the cooldown. */
  readonly held: HeldVersion | undefined;
  /** The latest version of exactly each level. */
  readonly byLevel: ReadonlyMap<UpdateLevel, string>;
  /** Those of the above versions with known vulnerabilities. None is malware. */
  readonly vulnerable: ReadonlyMap<string, KnownVulnerabilities>;
}

export interface OfferContext {
  readonly coolDown: Cooldown;
  /** The root manifest, whose `engines` versions must satisfy. */
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
  return { coolDown: cooldownOf(project), engines: project.rootManifest, now, against };
}

/** Returns undefined if the project's current version is unknown. */
export function updateOffer(
  { specifier, locked }: Pick<DeclaredRange, 'specifier' | 'locked'>,
  packument: Packument,
  context: OfferContext,
): UpdateOffer | undefined {
  const plain = specifier.type === 'alias' ? specifier.inner : specifier;
  const current = locked ?? lowestOf(plain);
  if (current === undefined) return undefined;
  return memoizeFor(packument, keyOf(plain, current, packument.name, context), () =>
    offerFor(plain, current, packument, context),
  );
}

const HOUR = 3_600_000;

/** Cooldowns end on the hour, as everywhere. */
function keyOf(
  specifier: Specifier,
  current: string,
  name: string,
  { coolDown, engines, now, against }: OfferContext,
): string {
  const hour = Math.floor(now / HOUR);
  const node = engines?.engines.get('node')?.value;
  const known = against.keyOf(name);
  return JSON.stringify(['update offer', specifier, current, cooldownKey(coolDown), node, hour, known]);
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

/**
 * Returns the value with this version; undefined if it would not change, cannot express it, or asks for a newer one
 * already, as after an edit that the lockfile does not have yet.
 */
export function movedTo(
  { declared, specifier }: Pick<DeclaredRange, 'declared' | 'specifier'>,
  version: string,
): string | undefined {
  const moved = moveRange(declared, version);
  if (moved === undefined || moved === declared) return undefined;
  const lowest = lowestOf(specifier.type === 'alias' ? specifier.inner : specifier);
  return lowest !== undefined && semver.lt(version, lowest) ? undefined : moved;
}

/** Returns the latest wanted version. Tags other than `latest` are left to their publishers. */
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
  // `*` and similar ranges reveal nothing about what is installed.
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
  const answer = askCooldown(coolDown, packument.name, version, publishedAt, now);
  if (answer === 'passes' || answer === 'exempt') return undefined;
  const until = publishedAt === undefined || coolDown.wait === 0 ? undefined : publishedAt + coolDown.wait;
  return { version, until, because: answer };
}
