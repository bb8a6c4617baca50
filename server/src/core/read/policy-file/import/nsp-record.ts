import type { JsonNode } from '../../text/json/json-node.ts';
import { propertyOf, stringOf } from '../../text/json/json-tree.ts';
import { expiryDay } from './expiry-day.ts';
import type { ForeignIgnore } from './foreign-ignore.ts';

type NspRecord = Pick<ForeignIgnore, 'reason' | 'expires' | 'expirySpan'> & {
  /** Undefined if not stated. */
  readonly active: boolean | undefined;
  /** Whether its expiry is not a valid time: the tools then treat it as expired. */
  readonly hasBadExpiry: boolean;
};

/** A falsy value in JavaScript: both tools then treat the entry as one without an expiry. */
function isWithoutEnd(node: JsonNode): boolean {
  return (
    node.type === 'null' ||
    ('value' in node && (node.value === '' || node.value === 0 || node.value === false))
  );
}

/** Reads `{ "active", "notes", "expiry" }`, which better-npm-audit and audit-ci share. */
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
