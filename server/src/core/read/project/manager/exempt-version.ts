import semver from 'semver';
import { textsIn } from '../../config/tree/config-tree.ts';
import { insertionAt, newlineOf, type TextEdit } from '../../text/edit.ts';
import type { Fix } from '../../text/finding.ts';
import { isWithin, joinUri, nameOf, type Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import { addListItem, type ListPlace, replaceListItem } from './add-list-item.ts';
import type { CoolDown } from './cool-down.ts';
import { splitAtVersion } from './cool-down-exemptions.ts';

/** A version that is too young, and when it is old enough: `YYYY-MM-DD`, where that can be said. */
export interface YoungVersion {
  readonly name: string;
  readonly version: string;
  readonly until: string | null;
}

/** The edit of a file, and what it adds to which setting, for the title. */
interface Exemption {
  readonly uri: Uri;
  readonly item: string;
  readonly key: string;
  readonly edit: TextEdit | undefined;
}

/**
 * Lets one version through at once, in the file of the project that says how long to wait, or that would say it where the
 * package manager waits by itself. npm knows only whole packages, so a comment says until when. Undefined where something
 * else makes it wait, and where the file cannot be added to.
 */
export function exemptVersion(project: Project, coolDown: CoolDown, young: YoungVersion): Fix | undefined {
  const { source } = coolDown;
  if (source.type !== 'configuration' && source.type !== 'manager') return undefined;
  // Nothing that a glob or a quoted text could take for something else.
  if (!/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(young.name)) return undefined;
  const exemption = exemptionIn(project, source.type === 'configuration' ? source : undefined, young);
  if (exemption?.edit === undefined) return undefined;
  const { uri, item, key, edit } = exemption;
  return {
    title: `Add ${item} to ${key} in ${nameOf(uri)}`,
    applicability: 'unsafe',
    edits: [{ uri, ...edit }],
  };
}

/** The line that says how long to wait. */
type GateLine = CoolDown['source'] & { readonly type: 'configuration' };

function exemptionIn(
  project: Project,
  gate: GateLine | undefined,
  young: YoungVersion,
): Exemption | undefined {
  switch (project.manager.name) {
    case 'npm':
      return gate === undefined ? undefined : ofNpm(project, gate, young);
    case 'pnpm':
      return ofPnpm(project, gate, young);
    case 'yarn':
      return ofYarn(project, gate, young);
    case 'bun':
      return ofBun(project, gate, young);
  }
}

/** Older ones know `min-release-age`, and heed no exemption from it. */
const FIRST_NPM = '11.17.0';

function ofNpm(
  { npmConfig, manager }: Project,
  gate: GateLine,
  { name, version, until }: YoungVersion,
): Exemption | undefined {
  const file = npmConfig.project;
  const key = 'min-release-age-exclude';
  const known = npmConfig.get(key)?.source;
  // A list in the project's file takes the place of one in the user's.
  const isElsewhere = known !== undefined && !(known.type === 'file' && known.uri === file?.uri);
  if (file === undefined || gate.uri !== file.uri || isElsewhere) return undefined;
  if (manager.version !== undefined && semver.lt(manager.version, FIRST_NPM)) return undefined;
  const { text, entries } = file;
  const listed = entries.findLast((entry) => entry.key === key)?.lineSpan ?? gate.span;
  const newline = newlineOf(text);
  const dated = until === null ? [] : [`; ${name} ${version} is old enough after ${until}`];
  const lines = [...dated, `${key}[]=${name}`].map((line) => newline + line).join('');
  return { uri: file.uri, item: name, key, edit: insertionAt(listed.end, lines) };
}

/** What .npmrc says to pnpm up to 10 is exempted in pnpm-workspace.yaml too. */
function ofPnpm(
  { root, pnpmWorkspace, npmConfig }: Project,
  gate: GateLine | undefined,
  { name, version }: YoungVersion,
): Exemption | undefined {
  const uri = pnpmWorkspace?.uri ?? joinUri(root, 'pnpm-workspace.yaml');
  if (gate !== undefined && gate.uri !== uri && gate.uri !== npmConfig.project?.uri) return undefined;
  const key = 'minimumReleaseAgeExclude';
  const item = `${name}@${version}`;
  if (pnpmWorkspace !== undefined && pnpmWorkspace.problems.length > 0) return undefined;
  const member = pnpmWorkspace?.setting(key);
  const below = gate?.uri === uri ? gate.span : undefined;
  const place: ListPlace = { text: pnpmWorkspace?.text ?? '', syntax: 'yaml', key, member, below };
  // Of several entries of one name pnpm reads the first.
  const own = textsIn(member?.value).find(({ value }) => splitAtVersion(value)[0] === name);
  if (own === undefined) return { uri, item, key, edit: addListItem(place, item) };
  const edit = replaceListItem(place, own.span, `${own.value} || ${version}`);
  return { uri, item, key, edit };
}

function ofYarn(
  { root, repository, yarnrcs }: Project,
  gate: GateLine | undefined,
  { name, version }: YoungVersion,
): Exemption | undefined {
  const uri = gate?.uri ?? joinUri(root, '.yarnrc.yml');
  const file = yarnrcs.find((each) => each.uri === uri);
  const isOurs = file === undefined || (file.level === 'project' && isWithin(repository ?? root, uri));
  if (!isOurs || (file !== undefined && file.problems.length > 0)) return undefined;
  const key = 'npmPreapprovedPackages';
  const item = `${name}@${version}`;
  const member = file?.setting(key);
  const edit = addListItem({ text: file?.text ?? '', syntax: 'yaml', key, member, below: gate?.span }, item);
  return { uri, item, key, edit };
}

function ofBun(
  { bunfig }: Project,
  gate: GateLine | undefined,
  { name, version }: YoungVersion,
): Exemption | undefined {
  if (bunfig === undefined || gate?.uri !== bunfig.uri || bunfig.problems.length > 0) return undefined;
  const { uri, text } = bunfig;
  const key = 'minimumReleaseAgeExcludes';
  const item = `${name}@${version}`;
  const member = bunfig.setting('install', key);
  return { uri, item, key, edit: addListItem({ text, syntax: 'toml', key, member, below: gate.span }, item) };
}
