import {
  booleanOf,
  type ConfigMap,
  type ConfigNode,
  itemsOf,
  memberOf,
  textOf,
} from '../../config/tree/config-tree.ts';
import { parseTomlTree } from '../../config/tree/parse-toml-tree.ts';
import type { Uri } from '../../text/uri.ts';
import { isAdvisoryId } from './advisory-id.ts';
import type { AuditIgnores } from './audit-ignores.ts';
import { expiryDay } from './expiry-day.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nearbyComment } from './nearby-comment.ts';

/**
 * Reads an osv-scanner.toml: `[[IgnoredVulns]]` with `id`, `ignoreUntil` and `reason`, and of `[[PackageOverrides]]` those
 * that leave a package of npm out. Ids of other ecosystems stand in it too. Never throws.
 */
export function readOsvScanner(uri: Uri, text: string): AuditIgnores {
  const { root, problems } = parseTomlTree(text);
  const maps = (key: string) => itemsOf(memberOf(root, key)?.value).filter((item) => item.type === 'map');
  const ignores = [
    ...maps('IgnoredVulns').flatMap((table) => vulnerabilityOf(table, text)),
    ...maps('PackageOverrides').flatMap((table) => overrideOf(table, text)),
  ];
  return { kind: 'auditIgnores', tool: 'osv-scanner', uri, text, problems, ignores };
}

function vulnerabilityOf(table: ConfigMap, text: string): readonly ForeignIgnore[] {
  const id = textOf(memberOf(table, 'id')?.value);
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
  const at = (key: string) => textOf(memberOf(table, key)?.value);
  const ecosystem = at('ecosystem');
  if (ecosystem !== undefined && ecosystem.value !== 'npm') return [];
  const vulnerability = memberOf(table, 'vulnerability')?.value;
  const ignored = [memberOf(table, 'ignore'), memberOf(vulnerability, 'ignore')]
    .map((member) => booleanOf(member?.value))
    .find((value) => value?.value === true);
  if (ignored === undefined) return [];
  const name = at('name');
  const version = at('version');
  return [
    foreignIgnore({
      ...commonOf(table, text, 'effectiveUntil'),
      text: name === undefined ? 'every package' : name.value,
      span: name?.span ?? ignored.span,
      scope: name === undefined ? 'everything' : 'package',
      package: name?.value,
      version: version?.value === '' ? undefined : version?.value,
    }),
  ];
}

function commonOf(table: ConfigMap, text: string, end: string) {
  const reason = textOf(memberOf(table, 'reason')?.value)?.value.trim();
  const until = memberOf(table, end)?.value;
  const expires = dayIn(until, text);
  return {
    tool: 'osv-scanner' as const,
    entrySpan: table.span,
    reason: reason === undefined || reason === '' ? nearbyComment(text, table.span, '#') : reason,
    expires,
    expirySpan: expires === undefined ? undefined : until?.span,
  };
}

/** TOML has dates of its own; the token says which day is meant, whatever the machine's time zone. */
function dayIn(node: ConfigNode | undefined, text: string): string | undefined {
  if (node?.type !== 'scalar') return undefined;
  return expiryDay(text.slice(node.span.start, node.span.end).replace(/^["']|["']$/g, ''));
}
