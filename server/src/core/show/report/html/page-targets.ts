import type { Uri } from '../../../read/text/paths/uri.ts';

/** What a control of a page in an editor does. */
export type PageAction = 'verify' | 'refresh';

/** What a link or button of a page in an editor leads to. Positions count from 0, characters in UTF-16 code units. */
export type PageTarget =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'place'; readonly uri: Uri; readonly line: number; readonly character: number }
  | { readonly type: 'action'; readonly action: PageAction };

/** The targets of one page. It holds their numbers alone, so that nothing in it can ask for anything else. */
export interface PageTargets {
  readonly all: readonly PageTarget[];
  /** Adds a target and returns its number. */
  add(target: PageTarget): number;
}

export function createTargets(): PageTargets {
  const all: PageTarget[] = [];
  const known = new Map<string, number>();
  return {
    all,
    add(target) {
      const key = JSON.stringify(target);
      const number = known.get(key) ?? all.push(target) - 1;
      known.set(key, number);
      return number;
    },
  };
}
