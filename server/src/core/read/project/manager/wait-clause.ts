import { managerTitle } from '../../manager/manager-title.ts';
import type { Related } from '../../text/finding.ts';
import { nameOf } from '../../text/paths/uri.ts';
import { formatDay } from '../../text/words/dates.ts';
import { type Cooldown, describeWait } from './cooldown.ts';

/** A clause that says how long is waited and what says so: "min-release-age in .npmrc sets a cooldown of 3 days". */
export function waitClause(coolDown: Cooldown): string {
  const { source, before } = coolDown;
  const length = describeWait(coolDown);
  switch (source.type) {
    case 'configuration': {
      const line = `${source.key} in ${nameOf(source.uri)}`;
      return before === undefined
        ? `${line} sets a cooldown of ${length}`
        : `${line} takes nothing published after ${formatDay(before)}`;
    }
    case 'environment':
      return `the environment variable ${source.variable} sets a cooldown of ${length}`;
    case 'policy':
      return `${source.uri === undefined ? 'this project' : nameOf(source.uri)} sets a cooldown of ${length}`;
    case 'manager':
      return `${managerTitle(source.manager)} has a default cooldown of ${length}`;
    case 'default':
      return `most bad releases are found within ${length}`;
  }
}

/** The line that says how long to wait, for a finding that is about it. */
export function waitPlace({ source }: Cooldown): readonly Related[] {
  const isWritten = source.type === 'configuration' || source.type === 'policy';
  if (!isWritten || source.uri === undefined || source.span === undefined) return [];
  return [{ uri: source.uri, span: source.span, message: 'This sets the cooldown.' }];
}
