import type { Uri } from '../../read/text/paths/uri.ts';
import type { CoverageGap } from './coverage.ts';

/** A file, or a whole repository, that was not compared with the base. */
export interface Uncompared {
  readonly uri: Uri;
  /** A clause. */
  readonly reason: string;
  /** An imperative clause. */
  readonly advice?: string;
  /** Set for a whole repository; equal to `uri` then. */
  readonly repository?: Uri;
}

/** Returns the gap; `path` is that of the URI. */
export function uncomparedGap({ uri, reason, advice, repository }: Uncompared, path: string): CoverageGap {
  const gap = { kind: 'file', state: 'not-checked', reason: 'unread' } as const;
  if (repository === uri) {
    const isBelow = path !== '' && path !== '.' && !path.startsWith('..');
    return {
      ...gap,
      subject: `changes since the last commit${isBelow ? ` in ${path}` : ''}`,
      detail: reason,
      advice: advice ?? 'run "git status" in it and fix what git reports',
      ...(isBelow ? { path } : {}),
    };
  }
  return {
    ...gap,
    subject: path,
    detail: `not compared with the base: ${reason}`,
    advice: advice ?? 'fetch the history of the branch that is compared with',
    path,
  };
}
