import { asObject, asText, member } from '../../src/core/know/registry/documents/json-value.ts';

const LONGEST_SUMMARY = 1_000;

/**
 * Checks whether a record of Retire.js is about a dependency of the package that it names: its text says that the package
 * "depends on" another one or has a "dependency of" or "dependency on" it. A copied script contains its dependencies,
 * which is what Retire.js looks for. A lockfile lists them, and each is judged by its own version.
 */
export function isOfDependency(record: unknown): boolean {
  const object = asObject(record);
  const id = asText(member(object, 'id'), LONGEST_SUMMARY) ?? '';
  const summary = asText(member(object, 'summary'), LONGEST_SUMMARY) ?? '';
  return id.startsWith('RETIREJS-') && /\b(?:depends? on|dependency (?:of|on))\b/i.test(summary);
}
