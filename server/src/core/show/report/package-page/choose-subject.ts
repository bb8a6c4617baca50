import semver from 'semver';
import { newestAllowed } from '../../../judge/remedy/newest-allowed.ts';
import { offerContext } from '../../../judge/remedy/update-offer.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import type { Project } from '../../../read/project/project.ts';
import { byNumber, chooseVersion } from '../../verify/choose-version.ts';
import type { PackagePageInput } from './package-input.ts';

/** What a user asks for: a version, tag or range, and the locked version that is meant. */
interface Asked {
  readonly asked: string | undefined;
  readonly own: string | undefined;
}

/** Returns an exact version in what was asked; undefined for tags and ranges. */
export function exactVersion(asked: string | undefined): string | undefined {
  return asked === undefined ? undefined : (semver.valid(asked) ?? undefined);
}

/** Sorts versions, ascending. */
export function ascending(versions: Iterable<string>): readonly string[] {
  return [...versions].sort((a, b) => byNumber(b, a));
}

/** Chooses the version that a page is about: the locked one, what was asked, or the latest. */
export function chooseSubject(
  { asked, own }: Asked,
  packument: Packument | undefined,
  locked: readonly string[],
): PackagePageInput['subject'] {
  if (own !== undefined) return { version: own, because: 'locked' };
  if (packument === undefined) {
    const exact = asked === undefined ? locked.at(-1) : exactVersion(asked);
    return exact === undefined
      ? undefined
      : { version: exact, because: asked === undefined ? 'locked' : 'asked' };
  }
  const chosen = chooseVersion(packument, asked, new Set(locked));
  if (chosen === undefined) return undefined;
  const { version, because } = chosen;
  return { version, because: because === 'locked' || because === 'latest' ? because : 'asked' };
}

/** Returns the latest version that a project may install now, if it is later than the current one. */
export function updateCandidate(
  { project, advisories }: { readonly project: Project; readonly advisories: Advisories },
  packument: Packument,
  current: string,
  now: number,
): string | undefined {
  const found = newestAllowed({ packument, current, ...offerContext(project, now, advisories) }, '*');
  const isLater = found !== undefined && semver.valid(current) !== null && semver.gt(found, current);
  return isLater ? found : undefined;
}
