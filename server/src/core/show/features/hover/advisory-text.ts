import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import { knownFix, ownFix } from '../../../judge/exposure/clearing-version.ts';
import { formatRating } from '../../../judge/exposure/describe-advisory.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { advisoryUrl } from '../advisory-url.ts';
import type { CardLink, CardText } from './card-line.ts';

/** Formats `GHSA-… critical (9.8) · prototype pollution · fixed in 0.2.4`, or `MAL-… malware`. */
export function advisoryText(advisory: Advisory, fixed: string | undefined, before = ''): CardText {
  const { isMalware } = advisory;
  const words = [
    isMalware ? 'malware' : formatRating(advisory),
    isMalware ? undefined : aboutOf(advisory),
    isMalware ? undefined : fixed,
  ].filter((part) => part !== undefined);
  return [before, idLink(advisory), ` ${words.join(' · ')}`];
}

/** Formats the version that fixes one advisory, or else all of them. */
export function describeFixed(advisory: Advisory, advisories: Advisories, version: string): string {
  const own = ownFix(advisory, version);
  if (own !== undefined) return `fixed in ${own}`;
  const fix = knownFix(advisories, advisory.package, version);
  if (fix.state === 'fixed') return `fixed in ${fix.version}`;
  return fix.state === 'unknown' ? 'fixed version unknown' : 'no fix known';
}

/** Formats an uncertain advisory: if a range lost its end, the version may or may not be affected. */
export function unsureText(advisory: Advisory, version: string): CardText {
  const why = advisory.isUnbounded
    ? `as its source lost the end of ${advisory.range}`
    : 'as the version cannot be compared';
  return [idLink(advisory), ` may or may not affect ${version}, ${why}`];
}

function idLink({ id }: Advisory): string | CardLink {
  const address = advisoryUrl(id);
  return address === undefined ? id : { text: id, address };
}
