import { confusionIndex } from './confusion-index.ts';
import { addedCharacter } from './detectors/added-character.ts';
import { affix } from './detectors/affix.ts';
import { affixedMisspelling } from './detectors/affixed-misspelling.ts';
import { appendedNumber } from './detectors/appended-number.ts';
import { changedDelimiters } from './detectors/changed-delimiters.ts';
import { commandFlag } from './detectors/command-flag.ts';
import { fileEnding } from './detectors/file-ending.ts';
import { genericWord } from './detectors/generic-word.ts';
import { grammaticalForm } from './detectors/grammatical-form.ts';
import { lookAlikeCharacters } from './detectors/look-alike-characters.ts';
import { lostScope } from './detectors/lost-scope.ts';
import { omittedCharacter } from './detectors/omitted-character.ts';
import { reorderedWords } from './detectors/reordered-words.ts';
import { repeatedCharacter } from './detectors/repeated-character.ts';
import { replacedCharacter } from './detectors/replaced-character.ts';
import { scopeFamily } from './detectors/scope-family.ts';
import { similarScope } from './detectors/similar-scope.ts';
import { swappedCharacters } from './detectors/swapped-characters.ts';
import { twoEdits } from './detectors/two-edits.ts';
import { shapeOf } from './name-shape.ts';
import { type NearName, nearNames } from './near-names.ts';
import type { PopularNames } from './popular-names.ts';
import { LONGEST } from './rolling-hash.ts';
import { STANDING, type Standing } from './standing.ts';
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
  commandFlag,
  affix,
  fileEnding,
  genericWord,
  appendedNumber,
  reorderedWords,
  omittedCharacter,
  addedCharacter,
  replacedCharacter,
  grammaticalForm,
  similarScope,
  lostScope,
  scopeFamily,
  twoEdits,
  affixedMisspelling,
];

export interface NameVerdict {
  /** The probably intended name: a popular one, or one beside a popular one in its scope. */
  readonly target: string;
  readonly mechanism: Mechanism;
  /** strong: a warning by the name alone; weak: a hint until facts about the package confirm it. */
  readonly strength: 'strong' | 'weak';
  readonly confidence: Confidence;
  /** How the name differs from its target, to be read after the name: "swaps 's' and 'h'". */
  readonly evidence: string;
}

export interface NameOptions {
  /** Names that the project's configuration allows. */
  readonly allowNames?: ReadonlySet<string>;
  /** Names that the workspace itself defines. */
  readonly ownNames?: ReadonlySet<string>;
  /** Other ranks than the product's, to measure their effect. */
  readonly standing?: Standing;
}

/**
 * Returns the popular name that a name could be mistaken for, from the name alone; undefined if none is found. Popular
 * names are never checked, nor are names of one or two characters. Any string is accepted.
 */
export function judgeName(
  name: string,
  popular: PopularNames,
  { allowNames, ownNames, standing = STANDING }: NameOptions = {},
): NameVerdict | undefined {
  if (name.length <= 2 || name.length > LONGEST || popular.has(name)) return undefined;
  if (allowNames?.has(name) || ownNames?.has(name)) return undefined;
  const shape = shapeOf(name);
  if (shape.base.length <= 2) return undefined;
  const index = confusionIndex(popular);
  let near: readonly NearName[] | undefined;
  const suspect: Suspect = { shape, index, standing, near: () => (near ??= nearNames(shape, index)) };
  const suspicions = DETECTORS.flatMap((detect) => detect(suspect));
  const best = strongest(hasCapital(name) ? ofAnOldName(suspicions) : suspicions);
  if (best === undefined) return undefined;
  const { rank, mechanism, confidence, evidence } = best;
  const target = best.target ?? popular.names[rank]!;
  const strength = confidence === 'low' ? 'weak' : 'strong';
  return { target, mechanism, strength, confidence, evidence };
}

/** Returns the popular name that the author of this one probably meant. */
export function popularMeant(name: string, popular: PopularNames): string | undefined {
  const target = judgeName(name, popular)?.target;
  return target !== undefined && popular.has(target) ? target : undefined;
}

function hasCapital(name: string): boolean {
  return /[A-Z]/.test(name);
}

/**
 * Only old names have capital letters, because none can be published any more: an obvious resemblance is worth a hint.
 */
function ofAnOldName(suspicions: readonly Suspicion[]): readonly Suspicion[] {
  return suspicions
    .filter(({ confidence }) => confidence === 'high')
    .map((suspicion) => ({ ...suspicion, confidence: 'low' }));
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** Returns the most confident suspicion; among equals that of the better mechanism, then the more downloaded target. */
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
