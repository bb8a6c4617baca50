import type { DeclaredRange } from '../../../judge/remedy/declared-range.ts';
import { movedTo, type OfferContext, updateOffer } from '../../../judge/remedy/update-offer.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';

/**
 * Returns the version that a card offers to declare: of an affected package the nearest that is not, otherwise the
 * latest. Undefined if there is none without known vulnerabilities, or the range already admits it.
 */
export function suggestedUpdate(
  range: DeclaredRange,
  packument: Packument,
  context: OfferContext,
): string | undefined {
  const offer = range.token === undefined ? undefined : updateOffer(range, packument, context);
  if (offer === undefined) return undefined;
  const { byLevel, inRange, latest, vulnerable, current } = offer;
  const nearest = [byLevel.get('patch'), byLevel.get('minor'), byLevel.get('major')];
  const isAffected = context.against.vulnerabilitiesOf(range.target, current) !== undefined;
  return [...(isAffected ? nearest : []), latest, inRange].find(
    (version) => version !== undefined && !vulnerable.has(version) && movedTo(range, version) !== undefined,
  );
}
