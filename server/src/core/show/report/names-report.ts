import type { NameVerdict } from '../../know/identity/confusable-with.ts';
import { printableJson, visibleText } from '../../read/text/words/visible-text.ts';

/** A name and what it could be mistaken for; undefined if there is nothing to report. */
export interface JudgedName {
  readonly name: string;
  readonly verdict: NameVerdict | undefined;
}

/**
 * Formats one line: name, target, mechanism and confidence, separated by tabs; the last three are empty if there is
 * nothing to report.
 */
export function nameTsv({ name, verdict }: JudgedName): string {
  const { target = '', mechanism = '', confidence = '' } = verdict ?? {};
  return `${[visibleText(name), target, mechanism, confidence].join('\t')}\n`;
}

/**
 * Formats the same as an object of an array, null if there is nothing to report, with a description of how the name
 * imitates its target.
 */
export function nameJson({ name, verdict }: JudgedName): string {
  const { target = null, mechanism = null, confidence = null, evidence = null } = verdict ?? {};
  return printableJson(JSON.stringify({ name, target, mechanism, confidence, evidence }));
}
