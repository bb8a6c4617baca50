import type { JsonNode } from '../../text/json/json-node.ts';
import { propertyOf, stringOf } from '../../text/json/json-tree.ts';
import { expiryDay } from './expiry-day.ts';
import type { ForeignIgnore } from './foreign-ignore.ts';

type NspRecord = Pick<ForeignIgnore, 'reason' | 'expires' | 'expirySpan'> & {
  /** Undefined where it does not say. */
  readonly active: boolean | undefined;
  /** It has an end that is no time: the tools then take it for over. */
  readonly hasBadExpiry: boolean;
};

/** What is false to JavaScript: both tools then take the entry for one without an end. */
function isWithoutEnd(node: JsonNode): boolean {
  return (
    node.type === 'null' ||
    ('value' in node && (node.value === '' || node.value === 0 || node.value === false))
  );
}

/** `{ "active", "notes", "expiry" }`, which better-npm-audit and audit-ci write alike. */
export function nspRecord(node: JsonNode | undefined): NspRecord {
  const active = propertyOf(node, 'active')?.value;
  const expiry = propertyOf(node, 'expiry')?.value;
  const isTime = expiry !== undefined && (expiry.type === 'string' || expiry.type === 'number');
  const expires = isTime ? expiryDay(expiry.value as string | number) : undefined;
  return {
    active: active?.type === 'boolean' ? active.value === true : undefined,
    reason: stringOf(propertyOf(node, 'notes')?.value)?.trim() || undefined,
    expires,
    expirySpan: expires === undefined ? undefined : expiry?.span,
    hasBadExpiry: expiry !== undefined && !isWithoutEnd(expiry) && expires === undefined,
  };
}
