import type { NameVerdict } from '../../know/identity/confusable-with.ts';
import { printableJson, visibleText } from '../../read/text/words/visible-text.ts';

/** A name and what it could be mistaken for; undefined where nothing is to be said of it. */
export interface JudgedName {
  readonly name: string;
  readonly verdict: NameVerdict | undefined;
}

/** One line: name, target, mechanism and confidence, between tabs; the last three are empty where there is nothing to say. */
export function nameTsv({ name, verdict }: JudgedName): string {
  const { target = '', mechanism = '', confidence = '' } = verdict ?? {};
  return `${[visibleText(name), target, mechanism, confidence].join('\t')}\n`;
}

/** The same as an object of an array, null for nothing, with what the name does to its target in words. */
export function nameJson({ name, verdict }: JudgedName): string {
  const { target = null, mechanism = null, confidence = null, evidence = null } = verdict ?? {};
  return printableJson(JSON.stringify({ name, target, mechanism, confidence, evidence }));
}
