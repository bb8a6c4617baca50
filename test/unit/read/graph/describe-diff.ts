import type { DiffOptions, LockfileDiff } from '../../../../server/src/core/read/graph/diff/diff-types.ts';
import { diffLockfiles } from '../../../../server/src/core/read/graph/diff/lockfile-diff.ts';
import { graphOf } from './graph-of.ts';

/** Returns the differences between two lockfiles of one name, one per line. */
export function describeDiff(
  name: string,
  before: string | object,
  after: string | object,
  options?: DiffOptions,
): readonly string[] {
  return wordsOf(diffLockfiles(graphOf(name, before), graphOf(name, after), options));
}

export function wordsOf({ added, removed, changed, altered, settings }: LockfileDiff): readonly string[] {
  return [
    ...added.map(({ name, version, aliases, downloads, newOrigin, source }) =>
      [
        `+ ${name} ${version}`,
        ...(source === 'unknown' ? ['unknown'] : []),
        ...aliases.map((alias) => `as ${alias}`),
        ...(downloads === undefined ? [] : [`downloads ${downloads}`]),
        ...(newOrigin === undefined ? [] : [`from ${newOrigin}`]),
      ].join(' '),
    ),
    ...removed.map(({ name, version }) => `- ${name} ${version}`),
    ...changed.map(({ name, before, after, origins }) => {
      const [from, to] = [before, after].map((list) => list.map(({ version }) => version).join(' '));
      const moved = origins === undefined ? '' : ` from ${origins.before} to ${origins.after}`;
      return `~ ${name} ${from} -> ${to}${moved}`;
    }),
    ...altered.map(({ name, version, what, before, after, hash, from, isCopy }) =>
      [
        '!',
        name,
        ...(version === undefined ? [] : [version]),
        isCopy === true ? 'copy' : what,
        ...(hash === undefined ? [] : [`(${hash})`]),
        ...(from === undefined ? [] : [`of [${from}]`]),
        `${before} -> ${after}`,
      ].join(' '),
    ),
    ...settings.map(({ name, before, after }) => `* ${name} ${before} -> ${after}`),
  ];
}
