import { removeNpmrcKey } from '../config/npm/edit-npmrc.ts';
import type { ConfigMember } from '../config/tree/config-tree.ts';
import { removeLine } from '../config/tree/remove-line.ts';
import type { TextEdit } from '../text/edit.ts';
import type { CheckedFile } from './checked-file.ts';

/**
 * Returns the edits that delete a setting of an .npmrc, a pnpm-workspace.yaml or a configuration file of Yarn with its
 * line; none for other files.
 *
 * @param isChosen which of the members with that key to delete, for files that are not an .npmrc; all by default
 */
export function removeSetting(
  file: CheckedFile,
  key: string,
  isChosen: (member: ConfigMember) => boolean = () => true,
): readonly TextEdit[] {
  switch (file.kind) {
    case 'npmrc':
      return removeNpmrcKey(file.text, key);
    case 'yarnrc':
    case 'pnpmWorkspace':
      return removeMembers(file.text, file.settings, (member) => member.key === key && isChosen(member));
    default:
      return [];
  }
}

/** Returns the edits that delete members with their lines. */
export function removeMembers(
  text: string,
  members: readonly ConfigMember[],
  isChosen: (member: ConfigMember) => boolean,
): readonly TextEdit[] {
  return members.filter(isChosen).flatMap((member) => removeLine(text, member) ?? []);
}
