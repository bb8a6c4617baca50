import { installedFolder } from '../../core/judge/changes/program-path.ts';
import { dataLoads } from '../../core/judge/changes/reach/data-loads.ts';
import {
  type InstallStarts,
  installStarts,
  type StartFile,
} from '../../core/judge/changes/reach/install-starts.ts';
import { importTargets, pathMapping } from '../../core/judge/changes/reach/mapped-paths.ts';
import { moduleLoads } from '../../core/judge/changes/reach/module-loads.ts';
import { modulePaths, packagePaths } from '../../core/judge/changes/reach/module-paths.ts';
import type { ReachProject } from '../../core/judge/changes/reach/reach-project.ts';
import type { ReachTools } from '../../core/judge/changes/reach/reach-tools.ts';
import { runnerTasks } from '../../core/judge/changes/reach/runner-tasks.ts';
import { languageOf, shellLoads } from '../../core/judge/changes/reach/shell-loads.ts';
import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ReadResult } from '../ports.ts';

export { scriptsOfInstalls } from '../../core/judge/changes/reach/reached-manifests.ts';

export interface ReachSearch {
  readonly projects: readonly ReachProject[];
  /** Nothing outside these is read. */
  readonly folders: ReadonlySet<Uri>;
  read(uri: Uri): Promise<ReadResult>;
  /** Returns the names in a folder; undefined if it cannot be listed. */
  list(folder: Uri): Promise<readonly { readonly name: string }[] | undefined>;
  readonly tools: ReachTools;
  /** Set if fewer files are followed than in a check. */
  readonly mostFiles?: number | undefined;
}

/** The files that installs run, and those that these load in turn, as far as they exist. */
export interface ReachedPrograms {
  readonly elsewhere: InstallStarts['elsewhere'];
  has(uri: Uri): boolean;
  uris(): Iterable<Uri>;
  /**
   * Checks whether the file is not a program if the commit has it as well: only its name makes it one, on some systems.
   */
  countsNewOnly(uri: Uri): boolean;
  /** Checks whether any of the files lies below a folder. */
  isBelow(folder: Uri): boolean;
  /** Returns the reached files by the setting or script that leads to them, in order, each only for the first one. */
  among(uris: ReadonlySet<Uri>): readonly Reached[];
  /** The first file that was not followed completely. */
  readonly cutAt: Uri | undefined;
}

/** The files reached from one setting or script. */
export interface Reached {
  readonly file: Uri;
  readonly key: string;
  readonly value: string;
  readonly uris: readonly Uri[];
}

/** More than real repositories load in an install. */
const MOST_FILES = 10_000;
const MOST_CHARACTERS = 60_000_000;
/** Each candidate path costs a file system access. */
const MOST_READS = 60_000;

/** The status of the file that was not followed completely. */
export const CUT = {
  reason: `its install loads more than ${MOST_FILES} files or ${MOST_CHARACTERS / 1_000_000} MB, and the others are not followed`,
  advice: 'review the other files that install scripts load',
};

/** Adds the tasks that turbo and Nx run before the requested ones to projects whose scripts call these tools. */
export async function withTasks({
  projects,
  read,
  tools,
}: Pick<ReachSearch, 'projects' | 'read' | 'tools'>): Promise<readonly ReachProject[]> {
  return Promise.all(
    projects.map(async (project) => {
      const calls = project.manifests.some(({ scripts }) =>
        [...scripts.values()].some(({ value }) => /\b(?:turbo|nx)\b/.test(value)),
      );
      const tasks = new Map<string, readonly string[]>();
      for (const name of calls ? ['turbo.json', 'nx.json'] : []) {
        const found = await read(joinUri(project.root, name));
        if (found.type === 'text')
          for (const [task, earlier] of runnerTasks(found.text, tools))
            tasks.set(task, [...(tasks.get(task) ?? []), ...earlier]);
      }
      return { ...project, tasks };
    }),
  );
}

/** Follows the code that installs of the projects run, through scripts, modules and shell scripts. Runs nothing. */
export async function reachedPrograms(search: ReachSearch): Promise<ReachedPrograms> {
  const { starts, elsewhere, packages } = installStarts(await withTasks(search), search.tools);
  const reader = createReader(search, packages);
  const isNewOnly = new Set<Uri>();
  const begun: { readonly start: StartFile; readonly uris: readonly Uri[] }[] = [];
  for (const start of starts) {
    const uris = await reader.begin(start);
    if (uris.length === 0) continue;
    begun.push({ start, uris });
    if (start.as === 'new') for (const uri of uris) if (/\.(?:js|ps1|vbs)$/i.test(uri)) isNewOnly.add(uri);
  }
  for (const { start, uris } of begun) if (start.as !== 'new') for (const uri of uris) isNewOnly.delete(uri);
  await reader.follow();
  // A file named in a setting is reported as such.
  const named = [
    ...begun.filter(({ start }) => start.as !== 'new'),
    ...begun.filter(({ start }) => start.as === 'new'),
  ];
  const { loads, importing } = reader;
  const fields = new Map(elsewhere);
  for (const uri of importing) fields.set(uri, new Set([...(elsewhere.get(uri) ?? []), 'imports.**']));
  return {
    elsewhere: fields,
    cutAt: reader.cutAt(),
    has: (uri) => loads.has(uri),
    uris: () => loads.keys(),
    countsNewOnly: (uri) => isNewOnly.has(uri),
    isBelow: (folder) => [...loads.keys()].some((uri) => isWithin(folder, uri)),
    among(uris) {
      const found = new Map<string, Omit<Reached, 'uris'> & { readonly uris: Set<Uri> }>();
      const owners = new Map<Uri, Uri>();
      if (![...uris].some((uri) => loads.has(uri))) return [];
      for (const { start, uris: first } of named) {
        const { file, key, value } = start;
        for (const uri of reachableFrom(first, loads)) {
          if (!uris.has(uri) || uri === file || (owners.get(uri) ?? file) !== file) continue;
          owners.set(uri, file);
          const name = JSON.stringify([file, key, value]);
          const of = found.get(name) ?? { file, key, value, uris: new Set() };
          found.set(name, of);
          of.uris.add(uri);
        }
      }
      return [...found.values()].map((one) => ({ ...one, uris: [...one.uris] }));
    },
  };
}

type Loads = ReadonlyMap<Uri, readonly Uri[]>;

function* reachableFrom(first: readonly Uri[], loads: Loads): Iterable<Uri> {
  const passed = new Set(first);
  for (const uri of passed) {
    yield uri;
    for (const next of loads.get(uri) ?? []) passed.add(next);
  }
}

interface Reader {
  /** Maps each file to those that it loads. */
  readonly loads: Loads;
  /** The manifests whose `imports` determine what is loaded. */
  readonly importing: ReadonlySet<Uri>;
  begin(start: StartFile): Promise<readonly Uri[]>;
  follow(): Promise<void>;
  cutAt(): Uri | undefined;
}

/** A reached file that was not read yet. */
interface Waiting {
  readonly uri: Uri;
  readonly text: string;
  readonly folder: Uri;
  readonly from: Uri;
  /** Whether it is the configuration of a tool, whose paths count. */
  readonly isTool: boolean;
}

const BINARY = /\.(?:node|wasm)$/i;
const DEEPEST_CONFIGURATION = 5;
const MOST_FOLDERS = 20_000;

function createReader(
  { read, list, folders, tools, mostFiles = MOST_FILES }: ReachSearch,
  packages: ReadonlyMap<string, Uri>,
): Reader {
  const loads = new Map<Uri, Uri[]>();
  const texts = new Map<Uri, Promise<string | undefined>>();
  const waiting: Waiting[] = [];
  const importing = new Set<Uri>();
  const names = new Map<Uri, Promise<readonly string[]>>();
  let characters = 0;
  let cut: Uri | undefined;

  const isInside = (uri: Uri) =>
    [...folders].some((folder) => isWithin(folder, uri)) && installedFolder(uri) === undefined;

  /** Returns undefined if there is no such file, and an empty text for a binary file. */
  async function textOf(uri: Uri): Promise<string | undefined> {
    const known = texts.get(uri);
    if (known !== undefined || texts.size >= MOST_READS || !isInside(uri)) return known;
    const text = read(uri).then((found) =>
      found.type === 'text'
        ? found.text
        : found.type === 'refused' && nameOf(uri).includes('.')
          ? ''
          : undefined,
    );
    texts.set(uri, text);
    return text;
  }

  /** Checks whether the file exists, and queues it for reading. */
  async function reach(uri: Uri, folder: Uri, from: Uri, as: StartFile['as'] = 'file'): Promise<boolean> {
    if (loads.has(uri)) return true;
    const text = await textOf(uri);
    if (text === undefined) {
      if (texts.size >= MOST_READS) cut ??= from;
      return false;
    }
    if (loads.size >= mostFiles || characters + text.length > MOST_CHARACTERS) {
      cut ??= from;
      return false;
    }
    loads.set(uri, []);
    if (as === 'data' || as === 'new' || BINARY.test(uri)) return true;
    characters += text.length;
    waiting.push({ uri, text, folder, from, isTool: as === 'tool' });
    return true;
  }

  async function reachMain(uri: Uri, folder: Uri, from: Uri): Promise<readonly Uri[]> {
    const text = await textOf(uri);
    const found: Uri[] = [];
    for (const main of text === undefined ? [] : tools.mainFiles(uri, text))
      if (await reach(main, folder, from)) found.push(main);
    return found;
  }

  async function reachModule(base: Uri, path: string, folder: Uri, from: Uri): Promise<readonly Uri[]> {
    for (const group of modulePaths(path)) {
      const found: Uri[] = [];
      for (const one of group) {
        const uri = joinUri(base, one);
        if (one.endsWith('/package.json')) found.push(...(await reachMain(uri, folder, from)));
        else if (await reach(uri, folder, from)) found.push(uri);
      }
      if (found.length > 0) return found;
    }
    return [];
  }

  async function reachPackage(specifier: string, folder: Uri, from: Uri): Promise<readonly Uri[]> {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    const base = packages.get(name);
    if (base === undefined) return [];
    const text = await textOf(joinUri(base, 'package.json'));
    for (const path of packagePaths(text ?? '', specifier.slice(name.length + 1), tools)) {
      const found = await reachModule(base, path, folder, from);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Returns the nearest file of that name in a folder or above it, with its text. */
  async function nearest(name: string, from: Uri): Promise<readonly [Uri, string] | undefined> {
    for (let at = from; isInside(joinUri(at, name)); at = parentUri(at)) {
      const uri = joinUri(at, name);
      const text = await textOf(uri);
      if (text !== undefined) return [uri, text];
    }
    return undefined;
  }

  /** Resolves a specifier by `imports` of the enclosing package.json. */
  async function reachImport(own: Uri, specifier: string, folder: Uri, from: Uri): Promise<readonly Uri[]> {
    const manifest = await nearest('package.json', own);
    if (manifest === undefined) return [];
    importing.add(manifest[0]);
    const found: Uri[] = [];
    for (const target of importTargets(manifest[1], specifier, tools))
      found.push(
        ...(target.startsWith('./')
          ? await reachModule(parentUri(manifest[0]), target, folder, from)
          : await reachPackage(target, folder, from)),
      );
    return found;
  }

  /** Resolves a specifier by `paths` and `baseUrl` of the enclosing tsconfig.json, and returns that file as well. */
  async function reachMapped(own: Uri, specifier: string, folder: Uri, from: Uri): Promise<readonly Uri[]> {
    if (/^[\w-]+:/.test(specifier)) return [];
    let config = (await nearest('tsconfig.json', own)) ?? (await nearest('jsconfig.json', own));
    for (let depth = 0; config !== undefined && depth < DEEPEST_CONFIGURATION; depth++) {
      const [uri, text] = config;
      const mapping = pathMapping(text, tools);
      const found: Uri[] = [];
      for (const target of mapping.targets(specifier))
        found.push(...(await reachModule(parentUri(uri), target, folder, from)));
      if (found.length > 0) return (await reach(uri, folder, from, 'data')) ? [...found, uri] : found;
      config = undefined;
      for (const path of mapping.extends.flatMap((one) => [one, `${one}.json`])) {
        const next = joinUri(parentUri(uri), path);
        const base: string | undefined = config === undefined ? await textOf(next) : undefined;
        if (base !== undefined) config = [next, base];
      }
    }
    return [];
  }

  async function namesIn(folder: Uri): Promise<readonly string[]> {
    const known = names.get(folder);
    if (known !== undefined) return known;
    const found = isInside(folder) && names.size < MOST_FOLDERS ? list(folder) : Promise.resolve(undefined);
    const all = found.then((items) => (items ?? []).map(({ name }) => name));
    names.set(folder, all);
    return all;
  }

  async function followData({ uri, text, folder, from }: Waiting): Promise<void> {
    const next = loads.get(uri)!;
    for (const path of dataLoads(uri, text, tools)) {
      const isData = !/\.[cm]?[jt]sx?$/i.test(path);
      const found = joinUri(parentUri(uri), path);
      if (await reach(found, folder, from, isData ? 'tool' : 'file')) next.push(found);
      else next.push(...(await reachModule(parentUri(uri), path, folder, from)));
    }
  }

  async function followOne(one: Waiting): Promise<void> {
    const { uri, text, folder, from, isTool } = one;
    const next = loads.get(uri)!;
    const own = parentUri(uri);
    const language = languageOf(uri, text);
    if ((isTool && language !== 'module') || /\.gypi?$/i.test(uri)) return followData(one);
    for (const specifier of language === 'module' ? moduleLoads(text) : []) {
      const isPath = /^\.{1,2}(?:\/|$)/.test(specifier);
      if (isPath) next.push(...(await reachModule(own, specifier, folder, from)));
      else if (specifier.startsWith('#')) next.push(...(await reachImport(own, specifier, folder, from)));
      else {
        const found = packages.size > 0 ? await reachPackage(specifier, folder, from) : [];
        next.push(...(found.length > 0 ? found : await reachMapped(own, specifier, folder, from)));
      }
    }
    for (const { path, kind } of language === 'shell' ? shellLoads(text) : [])
      for (const base of new Set([folder, own])) {
        const found = joinUri(base, path);
        if (kind === 'main') next.push(...(await reachMain(found, folder, from)));
        else if (kind === 'file' && (await reach(found, folder, from))) next.push(found);
      }
  }

  return {
    loads,
    importing,
    cutAt: () => cut,
    async begin({ uri, folder, as, file, names: wanted }) {
      if (as === 'main') return reachMain(uri, folder, file);
      if (wanted === undefined) return (await reach(uri, folder, file, as)) ? [uri] : [];
      const found: Uri[] = [];
      for (const name of await namesIn(uri)) {
        const one = joinUri(uri, name);
        if (wanted.test(name) && (await reach(one, folder, file, as))) found.push(one);
      }
      return found;
    },
    async follow() {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await followOne(next);
    },
  };
}
