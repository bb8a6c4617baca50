import { isBesideName, projectBeside } from '../../core/judge/changes/beside-projects.ts';
import { configurationChanges } from '../../core/judge/changes/configuration-change.ts';
import { POLICY_FILE_NAME } from '../../core/read/policy-file/read-policy.ts';
import type { GoneConfiguration } from '../../core/read/project/since-base.ts';
import { isWithin, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { CONFIGURATION_NAMES, readConfiguration } from '../projects/read-configuration.ts';
import { type BesideSearch, foldersOf } from './beside-configuration.ts';
import { type UncomparedFile, uncomparedFile } from './changed-programs.ts';

/** Deleted configuration, with the root of the project that used it. */
export interface GoneOfProject {
  readonly root: Uri;
  readonly gone: GoneConfiguration;
}

/**
 * Reads the configuration that package managers read for the projects and that exists only in the commit. Skips
 * policies, which are compared separately. Never rejects.
 */
export async function* goneConfiguration({
  projects,
  store,
  git,
  before,
}: Omit<BesideSearch, 'now'>): AsyncIterable<GoneOfProject | UncomparedFile> {
  const folders = projects.map(foldersOf);
  const roots = new Set(projects.map(({ root }) => root));
  const rootOf = (uri: Uri): Uri | undefined => {
    const folder = parentUri(uri);
    const isOwn = CONFIGURATION_NAMES.has(nameOf(uri)) && roots.has(folder);
    // Without it, each member may be a project of its own.
    const isOfMembers = nameOf(uri) === 'pnpm-workspace.yaml';
    if (isOwn) return folder;
    return isOfMembers
      ? folders.find(({ root }) => isWithin(folder, root))?.root
      : projectBeside(uri, folders);
  };
  for (const uri of [...before.objects.keys()].sort()) {
    const name = nameOf(uri);
    if (name === POLICY_FILE_NAME || !(CONFIGURATION_NAMES.has(name) || isBesideName(name))) continue;
    const root = rootOf(uri);
    if (root === undefined || (await store.load(uri)).type !== 'missing') continue;
    const base = await git.textAt(uri, before.commit);
    if (base.type === 'unknown') yield uncomparedFile(uri, base);
    const file = base.type === 'text' ? await readConfiguration(uri, base.text) : undefined;
    const settings = configurationChanges(file, undefined);
    if (settings.length > 0) yield { root, gone: { uri, settings } };
  }
}
