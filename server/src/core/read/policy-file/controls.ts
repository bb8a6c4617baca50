import type { JsonNode } from '../text/json/json-node.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import { CONTROL_MEMBERS, type ControlKey } from './control-members.ts';
import { readEntry } from './read-entry.ts';
import type { Report } from './read-members.ts';

/** A required control, with its place. */
export interface Control {
  readonly value: string | number | boolean;
  /** The token of the key. */
  readonly span: Span;
  /** Undefined for one that only an earlier commit has. */
  readonly uri: Uri | undefined;
}

export type Controls = ReadonlyMap<ControlKey, Control>;

export const NO_CONTROLS: Controls = new Map();

/** Reads `controls`. */
export function readControls(uri: Uri, node: JsonNode | undefined, report: Report): Controls {
  const entry = node === undefined ? undefined : readEntry(node, CONTROL_MEMBERS, '"controls"', report);
  if (entry === undefined) return NO_CONTROLS;
  const controls = new Map<ControlKey, Control>();
  for (const key of Object.keys(CONTROL_MEMBERS) as ControlKey[]) {
    const value = entry.values[key];
    if (value !== undefined) controls.set(key, { value, span: entry.spans.get(key)!.key, uri });
  }
  return controls;
}

/** Checks whether a value of a control requires at least as much as another one. */
export function isAsStrict(
  key: ControlKey,
  value: Control['value'] | undefined,
  than: Control['value'],
): boolean {
  const definition = CONTROL_MEMBERS[key];
  switch (definition.type) {
    case 'flag':
      return value === true || than !== true;
    case 'count':
      return typeof value === 'number' && value >= Number(than);
    case 'choice': {
      const order: readonly unknown[] = definition.values;
      return order.indexOf(value) >= order.indexOf(than);
    }
    case 'text':
      return true;
  }
}
