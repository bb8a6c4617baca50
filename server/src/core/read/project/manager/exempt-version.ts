import { specOf } from '../../manager/managers.ts';
import type { YoungVersion } from '../../manager/model/cooldown.ts';
import type { Fix } from '../../text/finding.ts';
import { nameOf } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import type { Cooldown } from './cooldown.ts';

/**
 * Lets one version through at once, in the file of the project that says how long to wait, or that would say it where the
 * package manager waits by itself. npm knows only whole packages, so a comment says until when. Undefined where something
 * else makes it wait, and where the file cannot be added to.
 */
export function exemptVersion(project: Project, coolDown: Cooldown, young: YoungVersion): Fix | undefined {
  const { source } = coolDown;
  if (source.type !== 'configuration' && source.type !== 'manager') return undefined;
  // Nothing that a glob or a quoted text could take for something else.
  if (!/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(young.name)) return undefined;
  const gate = source.type === 'configuration' ? source : undefined;
  const exemption = specOf(project.manager).cooldown.exempt(project, gate, young);
  if (exemption?.edit === undefined) return undefined;
  const { uri, item, key, edit } = exemption;
  return {
    title: `Add ${item} to ${key} in ${nameOf(uri)}`,
    applicability: 'unsafe',
    edits: [{ uri, ...edit }],
  };
}
