import type { ControlKey } from '../../../read/policy-file/control-members.ts';
import { type Control, type Controls, isAsStrict } from '../../../read/policy-file/controls.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';

export interface ReviewedControls {
  readonly controls: Controls;
  readonly loosenings: readonly PolicyLoosening[];
}

/** Returns the stricter controls of two policies. */
export function reviewControls(before: Policy, after: Policy): ReviewedControls {
  const controls = new Map<ControlKey, Control>(after.controls);
  const loosenings: PolicyLoosening[] = [];
  const isSameFile = before.uri === after.uri;
  for (const [key, old] of before.controls) {
    const now = after.controls.get(key);
    if (isAsStrict(key, now?.value, old.value)) continue;
    // An earlier text of the file has other places.
    controls.set(key, isSameFile ? { ...old, uri: undefined } : old);
    loosenings.push({
      ...{ key: `controls.${key}`, value: String(now?.value ?? 'not set'), before: String(old.value) },
      ...{ span: now?.span, severity: 'warning', counts: false },
    });
  }
  return loosenings.length === 0 ? { controls: after.controls, loosenings } : { controls, loosenings };
}
