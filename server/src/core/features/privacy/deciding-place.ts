import { itemsOf } from '../../manifest/json-values.ts';
import type { Project } from '../../project/project.ts';
import type { AskDenial } from '../../registry/may-ask.ts';
import { parseJsonTree, propertyOf, stringOf } from '../../text/json-tree.ts';
import { indexLines } from '../../text/line-index.ts';
import type { Span } from '../../text/span.ts';
import type { Uri } from '../../text/uri.ts';
import type { ProjectFiles } from '../destination.ts';
import { settingPlace } from '../registry-words.ts';
import type { NamePlace, UsedName } from './used-names.ts';

/** A file that decides something, and the line that does, counted from 1. */
export interface DecidingLine {
  readonly uri: Uri;
  readonly line: number | undefined;
}

/** Which line keeps a name from being sent; undefined where no file says so. */
export function denyingLine(
  project: Project,
  files: ProjectFiles,
  { name, served, elsewhere }: UsedName,
  by: AskDenial | undefined,
): DecidingLine | undefined {
  const { npmConfig } = project;
  switch (by) {
    case 'workspace-member':
      return lineOf(project, files, memberPlace(project, files, name));
    case 'private-scope':
      return lineOf(project, files, policyPlace(project, 'privateScopes', name.split('/', 1)[0]!));
    case 'internal-name':
      return lineOf(project, files, policyPlace(project, 'internalNames', name));
    case 'not-from-registry':
      return lineOf(project, files, elsewhere ?? served);
    case 'locked-elsewhere':
      return lineOf(project, files, lockedPlace(project, name));
    case 'registry-incomplete':
      return settingPlace(npmConfig, npmConfig.registryFor(name).source);
    case 'registry-unread':
      return npmConfig.unread === undefined ? undefined : { uri: npmConfig.unread, line: undefined };
    case 'offline': {
      const setting = npmConfig.get('offline');
      return setting?.value === 'true' ? settingPlace(npmConfig, setting.source) : undefined;
    }
    case 'invalid-name':
      return lineOf(project, files, served);
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

/** Of a name that is locked from several places, the first that is not the public registry's. */
function lockedPlace({ lockfile, npmConfig }: Project, name: string): NamePlace | undefined {
  const entry = lockfile?.entries.find(
    (each) => each.name === name && each.resolved !== undefined && !npmConfig.isPublic(each.resolved.value),
  );
  return entry === undefined ? undefined : { uri: lockfile!.uri, span: entry.resolved!.span };
}

function lineOf(
  project: Project,
  files: ProjectFiles,
  place: NamePlace | undefined,
): DecidingLine | undefined {
  if (place === undefined) return undefined;
  const text = place.uri === project.policy.uri ? project.policy.text : textIn(project, files, place.uri);
  const line = text === undefined ? undefined : lineAt(text, place.span);
  return { uri: place.uri, line };
}

function textIn(
  { pnpmWorkspace, yarnrcs, bunfig }: Project,
  files: ProjectFiles,
  uri: Uri,
): string | undefined {
  const others = [pnpmWorkspace, bunfig, ...yarnrcs].filter((file) => file !== undefined);
  return files.get(uri)?.text ?? others.find((file) => file.uri === uri)?.text;
}

function lineAt(text: string, { start }: Span): number {
  return indexLines(text).positionAt(start).line + 1;
}
