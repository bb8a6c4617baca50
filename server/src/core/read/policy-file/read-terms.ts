import type { JsonNode } from '../text/json/json-node.ts';
import type { Uri } from '../text/paths/uri.ts';
import { isReason } from './placeholder-reason.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';
import type { Report } from './read-members.ts';
import { ALLOW_MEMBERS, CONDITION_KEYS, DENY_MEMBERS } from './term-members.ts';
import type { AllowTerm, DenyTerm } from './terms.ts';

/** Reads an entry of `deny`. One without a reason is reported, but still denies. */
export function readDeny(uri: Uri, node: JsonNode, report: Report): DenyTerm | undefined {
  const what = 'An entry of "deny"';
  const entry = readEntry(node, DENY_MEMBERS, what, report);
  if (entry === undefined || !hasConditions(entry, what, report)) return undefined;
  lacksReason(entry, what, report);
  if (entry.values.unknownLicense === true && entry.values.license === undefined)
    report(entry.spans.get('unknownLicense')?.key ?? entry.span, `"unknownLicense" needs "license".`);
  return { ...entry.values, uri, keySpan: firstCondition(entry), span: entry.span };
}

/** Reads an entry of `allow`. One without a reason is reported, and exempts nothing. */
export function readAllow(uri: Uri, node: JsonNode, report: Report): AllowTerm | undefined {
  const what = 'An entry of "allow"';
  const entry = readEntry(node, ALLOW_MEMBERS, what, report);
  if (entry === undefined || !hasConditions(entry, what, report)) return undefined;
  if (lacksReason(entry, what, report)) return undefined;
  return { ...entry.values, uri, keySpan: firstCondition(entry), span: entry.span };
}

type Conditional = ReadEntry<typeof ALLOW_MEMBERS> | ReadEntry<typeof DENY_MEMBERS>;

/** An invalid condition would make the entry match everything. */
function hasConditions({ values, faulty, span }: Conditional, what: string, report: Report): boolean {
  if (CONDITION_KEYS.some((key) => faulty.has(key))) return false;
  if (CONDITION_KEYS.some((key) => key !== 'range' && values[key] !== undefined)) return true;
  report(span, `${what} needs "name", "license", "host" or "publisher".`);
  return false;
}

function lacksReason({ values, spans, faulty, span }: Conditional, what: string, report: Report): boolean {
  if (values.reason !== undefined && isReason(values.reason)) return false;
  if (!faulty.has('reason')) report(spans.get('reason')?.value ?? span, `${what} needs a "reason".`);
  return true;
}

function firstCondition({ spans, span }: Conditional) {
  const present = CONDITION_KEYS.map((key) => spans.get(key)?.value).find((value) => value !== undefined);
  return present ?? span;
}
