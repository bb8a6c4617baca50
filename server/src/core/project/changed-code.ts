import { configurationChanges } from '../config/changes/configuration-change.ts';
import { isBunEnvironment, isCorepackEnvironment } from '../config/changes/install-variables.ts';
import { nameVariant } from '../config/changes/name-variant.ts';
import type { InstallProgram, ProgramChange } from '../config/changes/program-change.ts';
import { isRushProgram } from '../config/changes/program-path.ts';
import type { CheckedFile } from '../rules/rule.ts';
import { nameOf, parentUri, relativeUri } from '../text/uri.ts';
import type { Project } from './project.ts';

/**
 * Returns the settings of a file that are not what they were, by where they start; undefined where the base is unknown or
 * has the file as it is.
 */
export function changedSettings(
  file: CheckedFile,
  { configurationBefore }: Project,
): ReturnType<typeof configurationChanges> | undefined {
  const before = file.uri === undefined ? undefined : configurationBefore.get(file.uri);
  return before === undefined
    ? undefined
    : configurationChanges(before === 'absent' ? undefined : before, file);
}

/** Tells whether an install of the project runs or applies a changed file that none of the project's files names. */
export function runsUnnamed(
  { uri }: InstallProgram,
  { kind, isNamedBeside }: ProgramChange,
  project: Project,
): boolean {
  const path = relativeUri(project.root, uri);
  if (kind === 'installed') return true;
  if (kind === 'settings') return false;
  if (isNamedBeside === true) return true;
  if (isRushProgram(path)) return true;
  if (kind === 'archive') return path.startsWith('.yarn/cache/');
  const name = nameOf(uri);
  if (nameVariant(name) !== undefined) return true;
  // A folder of a member may hold native code of its own, the rest is read in the root alone.
  if (name === 'binding.gyp') return project.root === parentUri(uri) || isMemberFolder(uri, project);
  // Corepack reads that of the folder in which it finds the manifest.
  if (isCorepackEnvironment(path)) return project.root === parentUri(uri) || isMemberFolder(uri, project);
  if (path.startsWith('.yarn/')) return true;
  if (path.startsWith('patches/')) return usesPatchPackage(project);
  if (path.includes('/')) return false;
  if (isBunEnvironment(path)) return project.manager.name === 'bun';
  if (name === 'yarn.config.cjs') return checksConstraints(project);
  // Yarn writes .pnp.cjs in each install and runs none that is there.
  return !name.startsWith('.pnp.');
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
 * Tells whether a member is new or renamed since the base and has the name of a package that the base installs from a
 * registry: where the versions fit, its folder is linked in place of that package.
 */
export function takesRegistryName(file: CheckedFile, project: Project): boolean {
  if (file.kind !== 'manifest' || file.name === undefined) return false;
  const { members, configurationBefore, sinceBase, committedLockfile, lockfile } = project;
  const { value: name } = file.name;
  const before = configurationBefore.get(file.uri);
  const isMember = (members.get(file.uri)?.path ?? '') !== '';
  if (!isMember || before === undefined || sinceBase.memberNames.has(name)) return false;
  if (before !== 'absent' && before.kind === 'manifest' && before.name?.value === name) return false;
  const base = committedLockfile ?? lockfile;
  if (base === undefined) return false;
  // A monorepo may install an older version of its own member as well.
  const hadMember = [...base.importers.values(), ...base.links].some((entry) => entry.name === name);
  return !hadMember && base.entries.some((entry) => entry.name === name && entry.source === 'registry');
}
