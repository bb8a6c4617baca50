import { privateScopes } from '../../../know/registry/access/ask-project.ts';
import type { AskDenial } from '../../../know/registry/access/may-ask.ts';
import {
  type ForeignEntry,
  foreignEntries,
  foreignSibling,
} from '../../../know/registry/releases/locked-elsewhere.ts';
import { itemsOf } from '../../../read/manifest/json-values.ts';
import type { Project } from '../../../read/project/project.ts';
import { parseJsonTree, propertyOf, stringOf } from '../../../read/text/json/json-tree.ts';
import { indexLines } from '../../../read/text/lines/line-index.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { settingPlace } from '../describe-registry.ts';
import type { ProjectFiles } from '../destination.ts';
import type { NamePlace, UsedName } from './used-names.ts';

/** A file with a deciding line, from 1. */
export interface DecidingLine {
  readonly uri: Uri;
  readonly line: number | undefined;
}

/** The files of a project, with the texts of these and all others that decide something for it. */
export interface DecidingFiles {
  readonly files: ProjectFiles;
  text(uri: Uri): string | undefined;
}

/** Returns the line that keeps a name from being sent; undefined if no file has one. */
export function denyingLine(
  project: Project,
  { files, text }: DecidingFiles,
  { name, served, elsewhere }: UsedName,
  by: AskDenial | undefined,
): DecidingLine | undefined {
  const { npmConfig } = project;
  const lineOf = (place: NamePlace | undefined) => lineIn(text, place);
  switch (by) {
    case 'workspace-member':
      return lineOf(memberPlace(project, files, name));
    case 'private-scope':
      return lineOf(policyPlace(project, 'privateScopes', name.split('/', 1)[0]!));
    case 'internal-name':
      return lineOf(policyPlace(project, 'internalNames', name));
    case 'not-from-registry':
      return lineOf(elsewhere ?? served);
    case 'locked-elsewhere':
      return lineOf(lockedPlace(project, foreignEntries(project)?.byName.get(name)));
    case 'scope-stated-elsewhere':
      return lineOf(privateScopes(project).get(scopeOf(name)?.toLowerCase() ?? ''));
    case 'scope-locked-elsewhere':
      return lineOf(lockedPlace(project, foreignSibling(foreignEntries(project), name)));
    case 'registry-incomplete':
      return settingPlace(npmConfig, npmConfig.registryFor(name).source);
    case 'registry-unread':
      return npmConfig.unread === undefined ? undefined : { uri: npmConfig.unread, line: undefined };
    case 'offline': {
      const setting = npmConfig.get('offline');
      return setting?.value === 'true' ? settingPlace(npmConfig, setting.source) : undefined;
    }
    case 'invalid-name':
      return lineOf(served);
    default:
      return undefined;
  }
}

function policyPlace({ policy }: Project, key: string, text: string): NamePlace | undefined {
  if (policy.uri === undefined) return undefined;
  const list = propertyOf(parseJsonTree(policy.text).root, key);
  const item = itemsOf(list?.value).find(
    (node) => (stringOf(node) ?? stringOf(propertyOf(node, 'scope')?.value)) === text,
  );
  const span = item?.span ?? list?.keySpan;
  return span === undefined ? undefined : { uri: policy.uri, span };
}

function memberPlace({ members }: Project, files: ProjectFiles, name: string): NamePlace | undefined {
  const member = [...members.values()].find((each) => each.name === name);
  const manifest = member === undefined ? undefined : files.get(member.uri);
  const span = manifest?.kind === 'manifest' ? manifest.name?.span : undefined;
  return member === undefined || span === undefined ? undefined : { uri: member.uri, span };
}

function lockedPlace({ lockfile }: Project, foreign: ForeignEntry | undefined): NamePlace | undefined {
  return foreign === undefined ? undefined : { uri: lockfile!.uri, span: foreign.entry.resolved!.span };
}

function lineIn(textOf: DecidingFiles['text'], place: NamePlace | undefined): DecidingLine | undefined {
  if (place === undefined) return undefined;
  const { uri, span } = place;
  const text = textOf(uri);
  const line = text === undefined ? undefined : indexLines(text).positionAt(span.start).line + 1;
  return { uri, line };
}
