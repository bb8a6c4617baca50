import type { Policy } from '../../read/policy-file/policy.ts';
import { isInPrivateScope, isInternalName } from '../../read/policy-file/private-names.ts';
import { type Span, START } from '../../read/text/span.ts';
import { guardingSettings } from '../changes/guarding-settings.ts';

/** What a change removes from a policy, or adds to its exclusions. */
export interface PolicyWeakening {
  readonly key: 'privateScopes' | 'internalNames' | 'exclude' | 'fixtures';
  readonly items: readonly string[];
  readonly type: 'lost' | 'added';
  readonly span: Span;
}

/** Compares a policy with that of the base for removed private names and added globs. */
export function policyWeakenings(before: Policy | undefined, after: Policy): readonly PolicyWeakening[] {
  const { rootSpan = START } = after;
  const top = { start: rootSpan.start, end: Math.min(rootSpan.start + 1, rootSpan.end) };
  const settings = guardingSettings(after);
  const placeOf = (key: string) => settings.find((setting) => setting.key === key)?.span ?? top;
  const found: PolicyWeakening[] = [];
  for (const [key, items] of lostPrivacy(before, after))
    if (items.length > 0) found.push({ key, items, type: 'lost', span: placeOf(key) });
  for (const key of ['exclude', 'fixtures'] as const) {
    const known = new Set(before?.[key] ?? []);
    for (const { value, span } of settings.filter((setting) => setting.key === key))
      if (!known.has(value)) found.push({ key, items: [value], type: 'added', span });
  }
  return found;
}

function lostPrivacy(
  before: Policy | undefined,
  after: Policy,
): readonly (readonly ['privateScopes' | 'internalNames', readonly string[]])[] {
  const scopes = (before?.privateScopes ?? []).map(({ scope }) => scope);
  const names = before?.internalNames ?? [];
  return [
    ['privateScopes', scopes.filter((scope) => !isInPrivateScope(after.privateScopes, `${scope}/a`))],
    ['internalNames', names.filter((name) => !isInternalName(after.internalNames, name))],
  ];
}
