import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { itemsOf, memberOf, textOf } from '../../config/tree/config-tree.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Located } from '../../text/span.ts';
import { isAdvisoryId } from './advisory-id.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nearbyComment } from './nearby-comment.ts';

/** The list of pnpm that contains an entry. */
export type PnpmList = 'audit.ignore' | 'auditConfig.ignoreGhsas' | 'auditConfig.ignoreCves';

/** An id that `pnpm audit` ignores, in a form without a reason or an expiry. */
export interface PnpmIgnore extends ForeignIgnore {
  readonly list: PnpmList;
}

const LISTS: readonly (readonly [string, string])[] = [
  ['audit', 'ignore'],
  ['auditConfig', 'ignoreGhsas'],
  ['auditConfig', 'ignoreCves'],
];

/** Reads a pnpm-workspace.yaml: `audit.ignore`, and its earlier name `auditConfig`. */
export function pnpmIgnoresIn({ text, setting }: PnpmWorkspace): readonly PnpmIgnore[] {
  return LISTS.flatMap(([section, key]) =>
    itemsOf(memberOf(setting(section)?.value, key)?.value).flatMap((item) => {
      const id = textOf(item);
      return id === undefined ? [] : [entryOf(id, section, key, nearbyComment(text, id.span, '#'))];
    }),
  );
}

/** Reads the `pnpm` field of a package.json, which pnpm 11 and later do not read. */
export function pnpmIgnoresOf({ pnpm }: Manifest): readonly PnpmIgnore[] {
  const lists = pnpm?.auditConfig;
  if (lists === undefined) return [];
  const keys = ['ignoreGhsas', 'ignoreCves'] as const;
  return keys.flatMap((key) => lists[key].map((id) => entryOf(id, 'auditConfig', key, undefined)));
}

function entryOf(
  { value, span }: Located<string>,
  section: string,
  key: string,
  reason: string | undefined,
): PnpmIgnore {
  const isId = isAdvisoryId(value);
  return {
    ...foreignIgnore({
      tool: 'pnpm-audit',
      text: value,
      span,
      entrySpan: span,
      scope: isId ? 'advisory' : /^\d+$/.test(value) ? 'number' : 'wide',
      id: isId ? value : undefined,
      reason,
    }),
    list: `${section}.${key}` as PnpmList,
  };
}
