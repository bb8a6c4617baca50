import { itemsOf, propertiesOf } from '../../manifest/json-values.ts';
import { packageNameProblem } from '../../manifest/package-name.ts';
import type { JsonNode, JsonTree } from '../../text/json/json-node.ts';
import { propertyOf, stringOf } from '../../text/json/json-tree.ts';
import { advisoryNumberIn, isAdvisoryId } from './advisory-id.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nearbyComment } from './nearby-comment.ts';
import { nspRecord } from './nsp-record.ts';

/** `allowlist`, and its earlier names. */
const LISTS = ['allowlist', 'whitelist', 'path-whitelist', 'advisories'] as const;

/**
 * Reads the `allowlist` of an audit-ci.json or .jsonc: an id, a package, or `GHSA-…|a>b` for one path, each as text or
 * as `{ "<that>": { "active": true, "notes", "expiry" } }`. Older ones have npm's numbers.
 */
export function readAuditCi({ root }: JsonTree, text: string): readonly ForeignIgnore[] {
  return LISTS.flatMap((list) =>
    itemsOf(propertyOf(root, list)?.value).flatMap((item) => entriesOf(item, text)),
  );
}

function entriesOf(item: JsonNode, text: string): readonly ForeignIgnore[] {
  const place = { span: item.span, entrySpan: item.span };
  const reason = nearbyComment(text, item.span, '//');
  const written = stringOf(item) ?? (item.type === 'number' ? String(item.value) : undefined);
  if (written !== undefined) return [{ ...named(written, place), reason }];
  // In a record that names several, audit-ci uses only the first.
  const [property] = propertiesOf(item);
  if (property === undefined) return [];
  const { active, hasBadExpiry, ...record } = nspRecord(property.value);
  const inactive =
    active === true ? (hasBadExpiry ? 'its expiry is no date' : undefined) : 'it is not active';
  const entry = named(property.key, { span: property.keySpan, entrySpan: item.span });
  return [{ ...entry, ...record, reason: record.reason ?? reason, inactive }];
}

type Place = Pick<ForeignIgnore, 'span' | 'entrySpan'>;

function named(text: string, place: Place): ForeignIgnore {
  const entry = (rest: Pick<ForeignIgnore, 'scope'> & Partial<ForeignIgnore>) =>
    foreignIgnore({ tool: 'audit-ci', text, ...place, ...rest });
  if (/^[*|>\s]+$/.test(text)) return entry({ scope: 'everything' });
  const bar = text.indexOf('|');
  const ofAll = bar === -1 || !/^[*>\s]+$/.test(text.slice(bar + 1)) ? undefined : text.slice(0, bar).trim();
  if (ofAll !== undefined && isAdvisoryId(ofAll)) return entry({ scope: 'advisory', id: ofAll });
  if (text.includes('*')) return entry({ scope: 'wide' });
  if (bar !== -1 || text.includes('>')) {
    const path = text.slice(bar + 1);
    const id = text.slice(0, Math.max(bar, 0));
    const name = path.split('>').at(-1)?.trim() || undefined;
    const narrower = path.includes('>') ? `it was for the path ${path} only` : undefined;
    if (isAdvisoryId(id)) return entry({ scope: 'advisory', id, package: name, narrower });
    return entry({ scope: advisoryNumberIn(id) === undefined ? 'wide' : 'number', package: name, narrower });
  }
  if (isAdvisoryId(text)) return entry({ scope: 'advisory', id: text });
  if (advisoryNumberIn(text) !== undefined) return entry({ scope: 'number' });
  if (packageNameProblem(text) === undefined) return entry({ scope: 'package', package: text });
  return entry({ scope: 'wide' });
}
