import type { ConfusionIndex } from './confusion-index.ts';
import type { NameShape } from './name-shape.ts';
import type { NearName } from './near-names.ts';
import type { Standing } from './standing.ts';

/** The ways in which a name imitates another; if two explain a name equally well, the first one is reported. */
export const MECHANISMS = [
  'look-alike-characters',
  'swapped-characters',
  'repeated-character',
  'delimiter',
  'command-flag',
  'affix',
  'generic-word',
  'appended-number',
  'word-order',
  'grammatical-form',
  'omitted-character',
  'added-character',
  'neighbouring-key',
  'homophone',
  'replaced-character',
  'similar-scope',
  'scope-as-prefix',
  'dropped-scope',
  'scope-family',
  'two-edits',
] as const;

export type Mechanism = (typeof MECHANISMS)[number];

/**
 * high and medium are a warning by the name alone; low is a hint, which needs facts about the package (its age, its
 * downloads, its install scripts) to become more.
 */
export type Confidence = 'high' | 'medium' | 'low';

/** The result of a detector: the popular name of this rank may be meant. */
export interface Suspicion {
  readonly rank: number;
  /** Set if the intended name is not that one, but one beside it in its scope. */
  readonly target?: string;
  readonly mechanism: Mechanism;
  readonly confidence: Confidence;
  /** How the name differs from its target, to be read after the name: "swaps 'h' and 's'". */
  readonly evidence: string;
}

/** A checked name, with data that several detectors need. */
export interface Suspect {
  readonly shape: NameShape;
  readonly index: ConfusionIndex;
  readonly standing: Standing;
  /** Returns popular unscoped names one edit away, ignoring delimiters; computed on first use. */
  readonly near: () => readonly NearName[];
}

/** One mechanism: a pure function that reports every popular name it finds. */
export type Detector = (suspect: Suspect) => readonly Suspicion[];
