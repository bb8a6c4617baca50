import assert from 'node:assert/strict';
import type { OutlineItem } from '../server/src/core/show/features/outline.ts';

/**
 * Checks the protocol's requirements: the selection lies in the span, the children as well, and siblings do
 * not overlap.
 */
export function expectWellFormed(items: readonly OutlineItem[], text: string): void {
  for (const [at, { span, selection, name, children }] of items.entries()) {
    assert.ok(span.start <= selection.start && selection.end <= span.end && span.end <= text.length, name);
    assert.notEqual(name, '');
    const next = items[at + 1];
    assert.ok(next === undefined || span.end <= next.span.start, name);
    for (const child of children) {
      assert.ok(span.start <= child.span.start && child.span.end <= span.end, `${child.name} in ${name}`);
    }
    expectWellFormed(children, text);
  }
}
