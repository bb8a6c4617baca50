import {
  addAllowedHost,
  addAllowedName,
  addIgnores,
  addMirror,
  type NewIgnore,
} from '../../read/policy-file/edit-policy-text.ts';
import { POLICY_FILE_NAME } from '../../read/policy-file/read-policy.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';

type TextOf = (uri: Uri) => string | undefined;

/*
 * Edits of a project's configuration file, for fixes. They create one beside the root manifest if there is none.
 * Undefined if there is nothing to change, or the file is too broken to edit.
 */

/** @param reason why the name is right */
export function allowName(
  project: Project,
  text: TextOf,
  name: string,
  reason: string,
): readonly FileEdit[] | undefined {
  return edit(project, text, (before) => addAllowedName(before, name, reason));
}

/** @param host with its port unless that is the scheme's default */
export function allowHost(project: Project, text: TextOf, host: string): readonly FileEdit[] | undefined {
  return edit(project, text, (before) => addAllowedHost(before, host));
}

/** @param address URL of a registry that serves the public registry's packages */
export function addMirrorOf(
  project: Project,
  text: TextOf,
  address: string,
): readonly FileEdit[] | undefined {
  return edit(project, text, (before) => addMirror(before, address));
}

export function addIgnoreEntries(
  project: Project,
  text: TextOf,
  ignores: readonly NewIgnore[],
): readonly FileEdit[] | undefined {
  return edit(project, text, (before) => addIgnores(before, ignores));
}

/** Returns the URI of the project's configuration file, whether or not it exists yet. */
export function policyUriOf(project: Pick<Project, 'root' | 'policy'>): Uri {
  return project.policy.uri ?? joinUri(project.root, POLICY_FILE_NAME);
}

function edit(
  project: Project,
  text: TextOf,
  change: (before: string | undefined) => readonly TextEdit[] | undefined,
): readonly FileEdit[] | undefined {
  const uri = policyUriOf(project);
  const edits = change(text(uri));
  if (edits === undefined || edits.length === 0) return undefined;
  return edits.map(({ span, newText }) => ({ uri, span, newText }));
}
