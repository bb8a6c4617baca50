import { type Dotenv, isDotenvName } from '../../config/dotenv.ts';
import type { MemberNpmrc } from '../../config/npm/npmrc.ts';
import { readNpmrc } from '../../config/npm/read-npmrc.ts';
import { nameOf, parentUri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import type { InstallProgram } from '../since-base.ts';

/**
 * Returns a changed file as what it is when nothing changed: the .npmrc of a workspace member, or a file with variables.
 * Undefined for all others.
 */
export function besideFileOf(
  { uri, text }: InstallProgram,
  { root, members }: Project,
): MemberNpmrc | Dotenv | undefined {
  const folder = parentUri(uri);
  if (isDotenvName(nameOf(uri))) return { kind: 'dotenv', uri, text, problems: [] };
  if (nameOf(uri) !== '.npmrc' || folder === root || !members.has(`${folder}/package.json`)) return undefined;
  return { ...readNpmrc(uri, text, 'project'), kind: 'memberNpmrc' };
}
