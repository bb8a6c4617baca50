import type { JsonNode } from '../text/json/json-node.ts';
import type { Approval, ApprovalTriggers } from './approval.ts';
import { APPROVAL_MEMBERS, REQUIRED_OF_APPROVAL, TRIGGER_MEMBERS } from './approval-members.ts';
import { isReason } from './placeholder-reason.ts';
import { readEntry } from './read-entry.ts';
import type { Report } from './read-members.ts';

/** Reads an entry of `approvals`. One that lacks something, or has an invalid member, is reported and ineffective. */
export function readApproval(node: JsonNode, report: Report): Approval | undefined {
  const entry = readEntry(node, APPROVAL_MEMBERS, 'An approval', report);
  if (entry === undefined) return undefined;
  const { values, spans, faulty, span } = entry;
  const isMissing = (key: (typeof REQUIRED_OF_APPROVAL)[number]) =>
    values[key] === undefined || (key === 'reason' && !isReason(values.reason ?? ''));
  const missing = REQUIRED_OF_APPROVAL.filter((key) => isMissing(key) && !faulty.has(key));
  if (missing.length > 0)
    report(span, `An approval without ${missing.map((key) => `"${key}"`).join(' and ')} approves nothing.`);
  const { name, range, by, date, reason, expires } = values;
  if (missing.length > 0 || faulty.size > 0) return undefined;
  if (name === undefined || range === undefined || by === undefined) return undefined;
  if (date === undefined || reason === undefined) return undefined;
  return { name, range, by, date, reason, expires, keySpan: spans.get('name')?.value ?? span, span };
}

export const NO_TRIGGERS: ApprovalTriggers = {
  weeklyDownloadsOver: undefined,
  installScripts: undefined,
  newMaintainerDays: undefined,
  contact: undefined,
};

/** Reads `requireApproval`. */
export function readTriggers(node: JsonNode | undefined, report: Report): ApprovalTriggers {
  if (node === undefined) return NO_TRIGGERS;
  const entry = readEntry(node, TRIGGER_MEMBERS, '"requireApproval"', report);
  return entry === undefined ? NO_TRIGGERS : { ...NO_TRIGGERS, ...entry.values };
}
