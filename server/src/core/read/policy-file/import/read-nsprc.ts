import { itemsOf, propertiesOf } from '../../manifest/json-values.ts';
import type { JsonProperty, JsonTree } from '../../text/json/json-node.ts';
import { propertyOf, stringOf } from '../../text/json/json-tree.ts';
import { advisoryIdIn, advisoryNumberIn } from './advisory-id.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nspRecord } from './nsp-record.ts';

/**
 * Reads the exceptions of a .nsprc: for better-npm-audit, notes by number, id or URL, or `{ "active", "notes", "expiry"
 * }`; for nsp, its predecessor, a list of URLs in `exceptions`.
 */
export function readNsprc({ root }: JsonTree): readonly ForeignIgnore[] {
  const old = propertyOf(root, 'exceptions')?.value;
  if (old?.type === 'array') {
    return itemsOf(old).flatMap((item) => {
      const text = stringOf(item);
      return text === undefined ? [] : [named(text, { span: item.span, entrySpan: item.span })];
    });
  }
  return propertiesOf(root).map(exceptionOf);
}

function exceptionOf({ key, keySpan, span, value }: JsonProperty): ForeignIgnore {
  const place = { span: keySpan, entrySpan: span };
  const notes = stringOf(value)?.trim();
  if (notes !== undefined) return { ...named(key, place), reason: notes === '' ? undefined : notes };
  const { active, reason, expires, expirySpan, hasBadExpiry } = nspRecord(value);
  const inactive = active === false ? 'it is not active' : hasBadExpiry ? 'its expiry is no date' : undefined;
  return { ...named(key, place), reason, expires, expirySpan, inactive };
}

const ADDRESS = 'https://github.com/advisories/GHSA-';

function named(text: string, place: Pick<ForeignIgnore, 'span' | 'entrySpan'>): ForeignIgnore {
  const id = advisoryIdIn(text);
  const isNumber = id === undefined && advisoryNumberIn(text) !== undefined;
  // It is matched as a substring of advisory URLs, so that a part common to all of them ignores all.
  const isAll = ADDRESS.includes(text.trim());
  const scope = id !== undefined ? 'advisory' : isNumber ? 'number' : isAll ? 'everything' : 'wide';
  return foreignIgnore({ tool: 'better-npm-audit', text, ...place, scope, id });
}
