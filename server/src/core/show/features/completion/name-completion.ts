import { isAllowedName } from '../../../judge/policy/allow-name-fix.ts';
import { judgeName } from '../../../know/identity/confusable-with.ts';
import type { PopularNames } from '../../../know/identity/popular-names.ts';
import { roughCount } from '../../../know/identity/rough-count.ts';
import type { Project } from '../../../read/project/project.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';
import type { ProjectFiles } from '../destination.ts';
import { oneLine } from '../markdown.ts';
import type { Completion, Completions } from './completion.ts';
import { memberSpecifier } from './local-completion.ts';
import type { NamePlace } from './place.ts';

const MOST = 50;
/** Shown before anything is typed. */
const MOST_UNASKED = 20;

export interface NameCompletion extends Completion {
  /** What the project would declare for it, if that is clear. */
  readonly declares: string | undefined;
  /** Whether it could be mistaken for a popular name: such names come last. */
  readonly isSuspect: boolean;
}

export interface NameCompletions extends Completions {
  readonly items: readonly NameCompletion[];
}

export interface NameContext {
  readonly project: Project;
  readonly files: ProjectFiles;
  readonly popular: PopularNames;
}

/**
 * Returns names that start with the typed text: from the workspace, catalogs and other manifests of the project, then
 * bundled popular ones; look-alikes of popular names have a warning and come last. Everything is local: nothing typed
 * is sent anywhere.
 */
export function nameCompletions(
  { typed, taken, isCatalog }: Pick<NamePlace, 'typed' | 'taken' | 'isCatalog'>,
  context: NameContext,
): NameCompletions {
  const found = new Map<string, NameCompletion>();
  const most = typed === '' ? MOST_UNASKED : MOST;
  for (const candidate of candidates(context, isCatalog)) {
    if (found.size >= most) break;
    const { value } = candidate;
    if (value.startsWith(typed) && !taken.has(value) && !found.has(value)) found.set(value, candidate);
  }
  const suspects = [...found.values()].filter(({ isSuspect }) => isSuspect);
  const items = [...[...found.values()].filter(({ isSuspect }) => !isSuspect), ...suspects];
  return { items, isIncomplete: items.length >= most || typed === '' };
}

/** Returns names for `npm:name@`, which starts an alias. */
export function aliasCompletions(typed: string, popular: PopularNames): Completions {
  const part = /^npm:(@?[^@]*)$/.exec(typed)?.[1];
  const items: Completion[] = [];
  if (part === undefined || part === '') return { items, isIncomplete: part === '' };
  for (const name of popular.names) {
    if (items.length >= MOST) break;
    if (!name.startsWith(part)) continue;
    const detail = describeDownload(popular, name);
    const value = `npm:${name}@`;
    const about = { name, version: undefined };
    items.push({
      label: value,
      detail,
      documentation: undefined,
      value,
      kind: 'name',
      deprecated: false,
      about,
    });
  }
  return { items, isIncomplete: true };
}

function* candidates(
  { project, files, popular }: NameContext,
  isCatalog: boolean,
): Generator<NameCompletion> {
  if (!isCatalog) {
    for (const name of [...project.memberNames].sort()) {
      yield nameItem(name, 'a package of this workspace', memberSpecifier(project));
    }
    for (const { catalog, name } of project.catalogs.entries) {
      const declares = catalog === 'default' ? 'catalog:' : `catalog:${catalog}`;
      yield withWarning(nameItem(name, 'in the catalog', declares), project, popular);
    }
  }
  for (const file of files.values()) {
    if (file.kind !== 'manifest') continue;
    const from = file.name?.value ?? nameOf(file.uri);
    for (const { name, declared } of file.dependencies) {
      const item = nameItem(name, `used by ${from}`, declared === '' ? undefined : declared);
      yield withWarning(item, project, popular);
    }
  }
  for (const name of popular.names) yield nameItem(name, describeDownload(popular, name), undefined);
}

/** Adds a warning, so that a typo made elsewhere is not offered silently. */
function withWarning(item: NameCompletion, project: Project, popular: PopularNames): NameCompletion {
  const name = item.value;
  if (project.memberNames.has(name) || isAllowedName(project, name)) return item;
  const verdict = judgeName(name, popular);
  if (verdict === undefined) return item;
  const { target } = verdict;
  return {
    ...item,
    isSuspect: true,
    detail: oneLine(`not ${target}? · ${item.detail}`, 100),
  };
}

function nameItem(name: string, detail: string, declares: string | undefined): NameCompletion {
  return {
    label: oneLine(name, 220),
    detail: oneLine(detail, 100),
    documentation: undefined,
    value: name,
    kind: 'name',
    deprecated: false,
    about: { name, version: undefined },
    declares: declares === undefined ? undefined : oneLine(declares, 200),
    isSuspect: false,
  };
}

/** Returns a short text, as editors cut it beside a long name. */
function describeDownload(popular: PopularNames, name: string): string {
  const downloads = popular.downloads(name);
  if (downloads === undefined) return 'popular';
  return `${roughCount(downloads)} downloads/month`;
}
