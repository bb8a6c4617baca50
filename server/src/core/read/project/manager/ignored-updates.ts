import { memberOf, textsIn } from '../../config/tree/config-tree.ts';
import { specOf } from '../../manager/managers.ts';
import { pnpmMatcher } from '../../manager/pnpm/name-matcher.ts';
import type { Located } from '../../text/span.ts';
import type { Project } from '../project.ts';

type Sources = Pick<Project, 'manager' | 'pnpmWorkspace' | 'rootManifest'>;

/**
 * Which dependencies, by their keys, the package manager leaves alone when it updates all of them. Only pnpm can be told:
 * by `update.ignoreDeps`, which counts before the older `updateConfig.ignoreDependencies`, and that in pnpm-workspace.yaml
 * before that in package.json, which pnpm 11 no longer reads.
 */
export function ignoredUpdates(project: Sources): (name: string) => boolean {
  if (specOf(project.manager).files.settingsKind !== 'pnpmWorkspace') return () => false;
  return pnpmMatcher(patternsOf(project).map(({ value }) => value));
}

function patternsOf({ manager, pnpmWorkspace, rootManifest }: Sources): readonly Located<string>[] {
  const listAt = (section: string, key: string) =>
    memberOf(pnpmWorkspace?.setting(section)?.value, key)?.value;
  const list = listAt('update', 'ignoreDeps') ?? listAt('updateConfig', 'ignoreDependencies');
  if (list !== undefined) return textsIn(list);
  return specOf(manager).settings.readsManifest(manager.version)
    ? (rootManifest?.pnpm?.ignoreDependencies ?? [])
    : [];
}
