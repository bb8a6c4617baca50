import {
  booleanOf,
  type ConfigMap,
  type ConfigMember,
  type ConfigNode,
  itemsOf,
  textOf,
} from '../../config/tree/config-tree.ts';
import { parseTomlTree } from '../../config/tree/parse-toml-tree.ts';
import type { Uri } from '../../text/paths/uri.ts';
import { isAdvisoryId } from './advisory-id.ts';
import type { AuditIgnores } from './audit-ignores.ts';
import { expiryDay } from './expiry-day.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nearbyComment } from './nearby-comment.ts';

/**
 * Reads an osv-scanner.toml: `[[IgnoredVulns]]` with `id`, `ignoreUntil` and `reason`, and those of
 * `[[PackageOverrides]]` that ignore an npm package. It may also contain ids of other ecosystems. Never throws.
 */
export function readOsvScanner(uri: Uri, text: string): AuditIgnores {
  const { root, problems } = parseTomlTree(text);
  const maps = (key: string) => itemsOf(valueFor(root, key)?.value).filter((item) => item.type === 'map');
  const ignores = [
    ...maps('IgnoredVulns').flatMap((table) => vulnerabilityOf(table, text)),
    ...maps('PackageOverrides').flatMap((table) => overrideOf(table, text)),
  ];
  return { kind: 'auditIgnores', tool: 'osv-scanner', uri, text, problems, ignores };
}

/** Looks up a key like osv-scanner: spelled exactly so, otherwise in any case. */
function valueFor(node: ConfigNode | undefined, key: string): ConfigMember | undefined {
  if (node?.type !== 'map') return undefined;
  const isSame = (member: ConfigMember) => member.key.toLowerCase() === key.toLowerCase();
  return node.members.findLast((member) => member.key === key) ?? node.members.findLast(isSame);
}

function vulnerabilityOf(table: ConfigMap, text: string): readonly ForeignIgnore[] {
  const id = textOf(valueFor(table, 'id')?.value);
  if (id === undefined) return [];
  const isOurs = isAdvisoryId(id.value);
  return [
    foreignIgnore({
      ...commonOf(table, text, 'ignoreUntil'),
      text: id.value,
      span: id.span,
      scope: isOurs ? 'advisory' : 'wide',
      id: isOurs ? id.value : undefined,
    }),
  ];
}

function overrideOf(table: ConfigMap, text: string): readonly ForeignIgnore[] {
  const at = (key: string) => textOf(valueFor(table, key)?.value);
  const ecosystem = at('ecosystem');
  if (ecosystem !== undefined && ecosystem.value !== 'npm') return [];
  const vulnerability = valueFor(table, 'vulnerability')?.value;
  const ignored = [valueFor(table, 'ignore'), valueFor(vulnerability, 'ignore')]
    .map((member) => booleanOf(member?.value))
    .find((value) => value?.value === true);
  if (ignored === undefined) return [];
  const name = at('name');
  const version = at('version');
  // A pattern matches packages in a way that an entry of ours cannot.
  const isPattern = booleanOf(valueFor(table, 'nameIsRegex')?.value)?.value === true;
  return [
    foreignIgnore({
      ...commonOf(table, text, 'effectiveUntil'),
      text: name === undefined ? 'every package' : name.value,
      span: name?.span ?? ignored.span,
      scope: name === undefined ? 'everything' : isPattern ? 'wide' : 'package',
      package: isPattern ? undefined : name?.value,
      version: version?.value === '' ? undefined : version?.value,
    }),
  ];
}

function commonOf(table: ConfigMap, text: string, end: string) {
  const reason = textOf(valueFor(table, 'reason')?.value)?.value.trim();
  const until = valueFor(table, end)?.value;
  const expires = dayIn(until, text);
  return {
    tool: 'osv-scanner' as const,
    entrySpan: table.span,
    reason: reason === undefined || reason === '' ? nearbyComment(text, table.span, '#') : reason,
    expires,
    expirySpan: expires === undefined ? undefined : until?.span,
  };
}

/** TOML has native dates; the token shows which day is meant, whatever the machine's time zone. */
function dayIn(node: ConfigNode | undefined, text: string): string | undefined {
  if (node?.type !== 'scalar') return undefined;
  return expiryDay(text.slice(node.span.start, node.span.end).replace(/^["']|["']$/g, ''));
}
