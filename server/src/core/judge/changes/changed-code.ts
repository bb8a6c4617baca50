import { lockedCommands } from '../../read/lockfile/model/locked-commands.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import { commandName, isShadowing } from '../../read/manifest/command-name.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { type ManifestCommand, manifestCommands } from '../../read/manifest/manifest-commands.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { InstallProgram, ProgramChange } from '../../read/project/since-base.ts';
import { nameOf, parentUri, relativeUri } from '../../read/text/paths/uri.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import type { Located } from '../../read/text/span.ts';
import { configurationChanges } from './configuration-change.ts';
import { installScriptsOf } from './install-scripts.ts';
import { isBunEnvironment, isCorepackEnvironment } from './install-variables.ts';
import { nameVariant } from './name-variant.ts';
import { newArchives } from './new-archives.ts';
import { isRushProgram } from './program-path.ts';
import { programsOf } from './script-files.ts';

/** Returns the changed settings of a file by start offset; undefined if the base is unknown or has the same file. */
export function changedSettings(
  file: CheckedFile,
  { configurationBefore, sinceBase }: Project,
): ReturnType<typeof configurationChanges> | undefined {
  const before = file.uri === undefined ? undefined : configurationBefore.get(file.uri);
  return before === undefined
    ? undefined
    : configurationChanges(
        before === 'absent' ? undefined : before,
        file,
        sinceBase.elsewhere.get(file.uri!),
      );
}

/** Checks whether an install of the project runs or applies a changed file that none of the project's files names. */
export function runsUnnamed(
  { uri }: InstallProgram,
  { kind, state, isNamedBeside }: ProgramChange,
  project: Project,
): boolean {
  const path = relativeUri(project.root, uri);
  if (kind === 'installed') return true;
  if (kind === 'settings') return false;
  if (isNamedBeside === true) return true;
  if (isRushProgram(path)) return true;
  if (kind === 'archive' && state === 'new') return newArchives(project).uris[0] === uri;
  if (kind === 'archive') return path.startsWith('.yarn/cache/') || isInMirror(path, project);
  const name = nameOf(uri);
  if (nameVariant(name) !== undefined) return true;
  // A member may contain native code of its own; the rest is read only in the root.
  if (name === 'binding.gyp') return project.root === parentUri(uri) || isMemberFolder(uri, project);
  // Corepack reads the one in the folder of the manifest it finds.
  if (isCorepackEnvironment(path)) return project.root === parentUri(uri) || isMemberFolder(uri, project);
  if (path.startsWith('.yarn/')) return true;
  if (path.startsWith('patches/')) return usesPatchPackage(project);
  if (path.includes('/')) return false;
  if (isBunEnvironment(path)) return specOf(project.manager).files.readsEnvFiles;
  if (name === 'yarn.config.cjs') return checksConstraints(project);
  // Yarn writes .pnp.cjs during each install and never runs an existing one.
  return !name.startsWith('.pnp.');
}

/** Of Yarn 1, which takes the archive of a package from there. */
function isInMirror(path: string, { yarnrcs }: Project): boolean {
  return yarnrcs.some((yarnrc) => {
    const value = yarnrc.setting('yarn-offline-mirror')?.value;
    const folder = value?.type === 'scalar' ? value.text.replace(/^\.\//, '').replace(/\/+$/, '') : '';
    return folder !== '' && path.startsWith(`${folder}/`);
  });
}

function isMemberFolder(uri: string, { members }: Project): boolean {
  return members.has(`${parentUri(uri)}/package.json`);
}

function usesPatchPackage({ rootManifest }: Project): boolean {
  if (rootManifest === undefined) return false;
  const isDeclared = rootManifest.dependencies.some(({ name }) => name === 'patch-package');
  return (
    isDeclared || [...rootManifest.scripts.values()].some(({ value }) => /\bpatch-package\b/.test(value))
  );
}

function checksConstraints({ yarnrcs }: Project): boolean {
  return yarnrcs.some((yarnrc) => {
    const value = yarnrc.setting('enableConstraintsChecks')?.value;
    return value?.type === 'scalar' && value.value === true;
  });
}

/**
 * Returns the token by which a member replaces a package that the base installs from a registry: its name, if the
 * member is new or renamed, or its version, if only the changed one satisfies a range. If the versions match, the
 * member's folder is linked in place of the package.
 */
export function takesRegistryName(file: CheckedFile, project: Project): Located<string> | undefined {
  if (file.kind !== 'manifest' || file.name === undefined) return undefined;
  const { members, configurationBefore, sinceBase, committedLockfile, lockfile } = project;
  const { value: name } = file.name;
  const before = configurationBefore.get(file.uri);
  const isMember = (members.get(file.uri)?.path ?? '') !== '';
  const base = committedLockfile ?? lockfile;
  if (!isMember || before === undefined || base === undefined) return undefined;
  if (before !== 'absent' && before.kind === 'manifest' && before.name?.value === name)
    return fitsSince(file, before, base) ? file.version : undefined;
  if (sinceBase.memberNames.has(name)) return undefined;
  // A monorepo may also install an older version of its own member.
  const hadMember = [...base.importers.values(), ...base.links].some((entry) => entry.name === name);
  const isTaken = base.entries.some((entry) => entry.name === name && entry.source === 'registry');
  return isTaken && !hadMember ? file.name : undefined;
}

function fitsSince({ name, version }: Manifest, before: Manifest, base: Lockfile): boolean {
  if (version === undefined || version.value === before.version?.value) return false;
  const old = before.version?.value;
  return rangesOf(name!.value, base).some(
    (range) => satisfies(version.value, range) && (old === undefined || !satisfies(old, range)),
  );
}

/**
 * Returns the ranges in which the base depends on a registry package, or caret ranges of its versions for formats
 * without ranges.
 */
function rangesOf(name: string, { entries, importers, format }: Lockfile): readonly string[] {
  const locked = entries.filter((entry) => entry.name === name && entry.source === 'registry');
  if (locked.length === 0) return [];
  const declared = [...importers.values()].flatMap(({ edges }) =>
    edges.filter((edge) => edge.name === name).map(({ specifier }) => specifier.value),
  );
  // Yarn 1 keys are the declarations.
  const keys = specOfLockfile(format).lockfile.keyedBySpecifier
    ? locked.flatMap(({ key }) => key.split(/,\s*/))
    : [];
  const ranges = [...declared, ...keys.map((key) => key.slice(key.lastIndexOf('@') + 1))].map((range) =>
    range.replace(/^npm:/, '').replace(/"$/, ''),
  );
  return ranges.length > 0
    ? ranges
    : locked.flatMap(({ version }) => (version === undefined ? [] : `^${version.value}`));
}

/** A command of a member that replaces another program in scripts. */
export interface TakenCommand extends ManifestCommand {
  /** The package that provides the command in the base; undefined if an install script of the root runs it. */
  readonly from: string | undefined;
}

/**
 * Returns the commands a member gained since the base that install scripts already use, or that another package already
 * provides: `node_modules/.bin` has one command per name. `shadowed-command` covers well-known programs.
 */
export function takenCommands(file: CheckedFile, project: Project): readonly TakenCommand[] {
  if (file.kind !== 'manifest' || (project.members.get(file.uri)?.path ?? '') === '') return [];
  const before = project.configurationBefore.get(file.uri);
  const name = file.name?.value ?? '';
  // A moved member already provided its commands.
  if (before === undefined || (before === 'absent' && project.sinceBase.memberNames.has(name))) return [];
  const old = new Set(
    before === 'absent' || before.kind !== 'manifest' ? [] : manifestCommands(before).map(nameOfCommand),
  );
  const added = manifestCommands(file).filter(
    (command) => !old.has(nameOfCommand(command)) && !isShadowing(nameOfCommand(command), name),
  );
  if (added.length === 0) return [];
  const base = project.committedLockfile ?? project.lockfile;
  const members = new Set(base?.importers.values());
  const locked = new Map<string, string>();
  // Members of a monorepo may share a command, such as a package and its wrapper.
  for (const { entry, name: command } of base === undefined ? [] : lockedCommands(base))
    if (!members.has(entry)) locked.set(commandName(command), entry.name);
  const root = project.rootManifest;
  const run = new Set(
    root === undefined
      ? []
      : [...installScriptsOf(root, project.manager, true)].flatMap((script) =>
          programsOf(root.scripts.get(script)?.value ?? ''),
        ),
  );
  return added.flatMap((command) => {
    const from = locked.get(nameOfCommand(command));
    return from !== undefined || run.has(nameOfCommand(command)) ? [{ ...command, from }] : [];
  });
}

function nameOfCommand({ name }: ManifestCommand): string {
  return commandName(name);
}
