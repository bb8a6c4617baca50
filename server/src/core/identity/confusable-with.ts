import { confusionIndex } from './confusion-index.ts';
import { addedCharacter } from './detectors/added-character.ts';
import { affix } from './detectors/affix.ts';
import { affixedMisspelling } from './detectors/affixed-misspelling.ts';
import { appendedNumber } from './detectors/appended-number.ts';
import { changedDelimiters } from './detectors/changed-delimiters.ts';
import { lookAlikeCharacters } from './detectors/look-alike-characters.ts';
import { lostScope } from './detectors/lost-scope.ts';
import { omittedCharacter } from './detectors/omitted-character.ts';
import { reorderedWords } from './detectors/reordered-words.ts';
import { repeatedCharacter } from './detectors/repeated-character.ts';
import { replacedCharacter } from './detectors/replaced-character.ts';
import { similarScope } from './detectors/similar-scope.ts';
import { swappedCharacters } from './detectors/swapped-characters.ts';
import { twoEdits } from './detectors/two-edits.ts';
import { shapeOf } from './name-shape.ts';
import { type NearName, nearNames } from './near-names.ts';
import type { PopularNames } from './popular-names.ts';
import { LONGEST } from './rolling-hash.ts';
import {
  type Confidence,
  type Detector,
  MECHANISMS,
  type Mechanism,
  type Suspect,
  type Suspicion,
} from './verdict.ts';

const DETECTORS: readonly Detector[] = [
  lookAlikeCharacters,
  swappedCharacters,
  repeatedCharacter,
  changedDelimiters,
  reorderedWords,
  omittedCharacter,
  addedCharacter,
  replacedCharacter,
  appendedNumber,
  affix,
  similarScope,
  lostScope,
  twoEdits,
  affixedMisspelling,
];

export interface NameVerdict {
  /** The popular name that is probably meant. */
  readonly target: string;
  readonly mechanism: Mechanism;
  /** strong: a warning by the name alone; weak: a hint until facts about the package confirm it. */
  readonly strength: 'strong' | 'weak';
  readonly confidence: Confidence;
  /** What the name does to its target, to be read after the name: "swaps 's' and 'h' of 'lodash'". */
  readonly evidence: string;
}

export interface NameOptions {
  /** Names that the project's configuration allows. */
  readonly allowNames?: ReadonlySet<string>;
  /** Names that the workspace itself defines. */
  readonly ownNames?: ReadonlySet<string>;
}

/**
 * Says which popular name a name could be mistaken for, from the name alone; undefined where nothing can be
 * said. Popular names are never judged, nor are names of one or two characters. Any string is accepted.
 */
export function judgeName(
  name: string,
  popular: PopularNames,
  options: NameOptions = {},
): NameVerdict | undefined {
  if (name.length <= 2 || name.length > LONGEST || popular.has(name)) return undefined;
  if (options.allowNames?.has(name) || options.ownNames?.has(name)) return undefined;
  const shape = shapeOf(name);
  if (shape.base.length <= 2) return undefined;
  const index = confusionIndex(popular);
  let near: readonly NearName[] | undefined;
  const suspect: Suspect = { shape, index, near: () => (near ??= nearNames(shape, index)) };
  const suspicions = DETECTORS.flatMap((detect) => detect(suspect));
  // Capital letters are found in old names only: none can be published any more.
  const best = strongest(hasCapital(name) ? suspicions.map(asHint) : suspicions);
  if (best === undefined) return undefined;
  const { rank, mechanism, confidence, evidence } = best;
  const strength = confidence === 'low' ? 'weak' : 'strong';
  return { target: popular.names[rank]!, mechanism, strength, confidence, evidence };
}

function hasCapital(name: string): boolean {
  return /[A-Z]/.test(name);
}

function asHint(suspicion: Suspicion): Suspicion {
  return { ...suspicion, confidence: 'low' };
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** The most confident suspicion; among equals that of the better mechanism, then the more downloaded target. */
function strongest(suspicions: readonly Suspicion[]): Suspicion | undefined {
  const [first, ...rest] = suspicions;
  if (first === undefined) return undefined;
  return rest.reduce((best, next) => (compare(next, best) < 0 ? next : best), first);
}

function compare(a: Suspicion, b: Suspicion): number {
  return (
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    MECHANISMS.indexOf(a.mechanism) - MECHANISMS.indexOf(b.mechanism) ||
    a.rank - b.rank
  );
}
