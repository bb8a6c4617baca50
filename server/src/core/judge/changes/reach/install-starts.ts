import { commandName } from '../../../read/manifest/command-name.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import { isWithin, joinUri, parentUri, type Uri } from '../../../read/text/paths/uri.ts';
import { programsOf, scriptFiles } from '../script-files.ts';
import { fieldCommands } from './data-loads.ts';
import { indexManifests, type ManifestIndex, type ReachProject } from './reach-project.ts';
import type { ReachTools } from './reach-tools.ts';
import { scriptsOfInstalls } from './reached-manifests.ts';
import { scriptCalls } from './script-calls.ts';
import { filesOfTool, type ListedFiles, toolCalls } from './tool-calls.ts';

/** A file from which an install may start to run code. */
export interface StartFile {
  readonly uri: Uri;
  /** The working directory. */
  readonly folder: Uri;
  /**
   * main: a package.json whose `main` runs. data: only read, such as the input of a runner. tool: configuration of a
   * tool. new: counts only if it is new.
   */
  readonly as: 'file' | 'main' | 'data' | 'tool' | 'new';
  /** If `uri` is a folder: matches the relevant files in it. */
  readonly names?: RegExp;
  /** The file that names it in the setting `key`; the start itself if package managers find it by its name. */
  readonly file: Uri;
  readonly key: string;
  /** The value of the setting. */
  readonly value: string;
}

export interface InstallStarts {
  readonly starts: readonly StartFile[];
  /** Scripts that run because scripts of other manifests name them. */
  readonly elsewhere: ReadonlyMap<Uri, ReadonlySet<string>>;
  /** The folders of members and of local dependencies, by the name under which modules load them. */
  readonly packages: ReadonlyMap<string, Uri>;
}

/** Returns the files that installs of the projects start from, in the order of the files that name them. */
export function installStarts(projects: readonly ReachProject[], tools: ReachTools): InstallStarts {
  const index = indexManifests(projects);
  const { scripts, elsewhere } = scriptsOfInstalls(projects, tools);
  const starts: StartFile[] = [];
  const packages = new Map<string, Uri>();
  for (const project of projects) {
    const linked = linkedManifests(project, index, tools);
    for (const manifest of linked)
      if (manifest.name !== undefined && !packages.has(manifest.name.value))
        packages.set(manifest.name.value, parentUri(manifest.uri));
    const commands = commandsOf(linked, tools);
    for (const manifest of project.manifests) {
      const folder = parentUri(manifest.uri);
      for (const name of manifest.scripts.keys()) {
        if (scripts.get(manifest)?.has(name) !== true) continue;
        const line = manifest.scripts.get(name)!.value;
        const by = { folder, file: manifest.uri, key: `scripts.${name}`, value: line };
        for (const { path, kind } of scriptFiles(line))
          if (kind !== 'patches') starts.push({ ...by, uri: joinUri(folder, path), as: kind });
        for (const uri of commandFiles(programsOf(line), commands)) starts.push({ ...by, uri, as: 'file' });
        for (const uri of runnerFiles(line, folder, project)) starts.push({ ...by, uri, as: 'data' });
        starts.push(...toolStarts(by, project, tools));
      }
    }
    for (const file of project.configuration) {
      if (file.uri === undefined || file.kind === 'manifest') continue;
      const by = { folder: parentUri(file.uri), file: file.uri };
      for (const { uri, key, valueText: value, as } of tools.namedPrograms(file))
        if (as !== 'patches') starts.push({ ...by, uri, key, value, as: as ?? 'file' });
    }
    for (const name of FOUND_BY_NAME) {
      const uri = joinUri(project.root, name);
      starts.push({ uri, folder: project.root, as: 'file', file: uri, key: '', value: '' });
    }
    for (const folder of new Set([project.root, ...project.manifests.map((one) => parentUri(one.uri))])) {
      const uri = joinUri(folder, 'binding.gyp');
      starts.push({ uri, folder, as: 'file', file: uri, key: '', value: '' });
    }
  }
  return { starts, elsewhere, packages };
}

/** pnpm's hooks, unless a setting names another file. */
const FOUND_BY_NAME = ['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'];

/** Returns the manifests whose folders an install links. */
function linkedManifests(
  { manifests }: ReachProject,
  index: ManifestIndex,
  { localFolders }: ReachTools,
): readonly Manifest[] {
  const linked = new Set(manifests);
  for (const manifest of manifests)
    for (const path of localFolders(manifest)) {
      const local = index.inFolder(joinUri(parentUri(manifest.uri), path));
      if (local !== undefined) linked.add(local);
    }
  return [...linked];
}

type StartBy = Pick<StartFile, 'folder' | 'file' | 'key' | 'value'>;

/** Returns the configuration of tools called by a script, and files that Windows may run in place of its programs. */
function toolStarts(by: StartBy, { root, manifests }: ReachProject, tools: ReachTools): readonly StartFile[] {
  const { folder, value: line } = by;
  const called = toolCalls(line);
  const starts: StartFile[] = [];
  const list = (base: Uri, { folder: below, names }: ListedFiles, as: StartFile['as']) =>
    starts.push({ ...by, folder: base, uri: below === '' ? base : joinUri(base, below), names, as });
  for (const tool of called.tools) {
    const own = tool.folder === '' ? folder : joinUri(folder, tool.folder);
    const bases = tool.isUpward === true ? foldersUpTo(root, own) : [own];
    for (const base of bases) for (const files of filesOfTool(tool)) list(base, files, 'tool');
    for (const field of tool.fields ?? []) {
      const read = tool.isOfMembers === true ? manifests : manifests.filter(({ uri }) => uri === by.file);
      for (const { text, uri } of read)
        for (const command of fieldCommands(text, field, tools))
          for (const { path, kind } of scriptFiles(command))
            if (kind !== 'patches') starts.push({ ...by, uri: joinUri(parentUri(uri), path), as: kind });
    }
  }
  for (const path of called.named) starts.push({ ...by, uri: joinUri(folder, path), as: 'tool' });
  for (const files of called.onWindows) list(folder, files, 'new');
  return starts;
}

function foldersUpTo(root: Uri, folder: Uri): readonly Uri[] {
  const found = [folder];
  for (let at = folder; at !== root && isWithin(root, at); at = parentUri(at)) found.push(parentUri(at));
  return found;
}

interface Commands {
  readonly files: ReadonlyMap<string, readonly Uri[]>;
  /** Every file in these folders is a command. */
  readonly folders: readonly Uri[];
}

function commandsOf(
  manifests: readonly Manifest[],
  { commandFolder, manifestCommands }: ReachTools,
): Commands {
  const files = new Map<string, Uri[]>();
  const folders: Uri[] = [];
  for (const manifest of manifests) {
    const base = parentUri(manifest.uri);
    const below = commandFolder(manifest);
    if (below !== undefined) folders.push(joinUri(base, below));
    for (const { name, path } of manifestCommands(manifest)) {
      if (path === undefined) continue;
      const of = files.get(commandName(name)) ?? [];
      files.set(commandName(name), [...of, joinUri(base, path)]);
    }
  }
  return { files, folders };
}

function commandFiles(programs: readonly string[], { files, folders }: Commands): readonly Uri[] {
  return programs.flatMap((program) => [
    ...(files.get(program) ?? []),
    ...folders.map((folder) => joinUri(folder, program)),
  ]);
}

function runnerFiles(line: string, folder: Uri, { root, manifests }: ReachProject): readonly Uri[] {
  const { reads, readsOfMembers } = scriptCalls(line);
  const folders = readsOfMembers.length === 0 ? [] : [root, ...manifests.map(({ uri }) => parentUri(uri))];
  return [
    ...reads.map((path) => joinUri(folder, path)),
    ...folders.flatMap((each) => readsOfMembers.map((name) => joinUri(each, name))),
  ];
}
