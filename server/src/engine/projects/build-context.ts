import { automationSystemOf } from '../../core/read/automation/automation.ts';
import type { BuildContext } from '../../core/read/project/build-context.ts';
import { joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

/** Files in which developers keep secrets, but not examples of them. */
const SECRETS = /^\.env(?:\.(?!example|sample|template|defaults?|dist|test|schema)[\w.]+)?$|^\.npmrc$/;

/** Lists what an image of the root can get from its folder. Undefined without a Dockerfile there. */
export async function loadBuildContext(
  root: Uri,
  automationFiles: readonly Uri[],
  store: FileStore,
): Promise<ProjectFiles['buildContext']> {
  const isImage = (uri: Uri) => automationSystemOf(uri) === 'docker' && parentUri(uri) === root;
  if (!automationFiles.some(isImage)) return undefined;
  const names = ((await store.list(root)) ?? [])
    .filter(({ type }) => type === 'file')
    .map(({ name }) => name);
  await store.load(joinUri(root, '.dockerignore'));
  return {
    secrets: names.filter((name) => SECRETS.test(name)),
    ownIgnores: names.filter((name) => /^.+\.dockerignore$/i.test(name)),
  };
}

/** Returns the same with the text of the ignore file. */
export function buildContextOf(
  { root, buildContext }: ProjectFiles,
  store: FileStore,
): BuildContext | undefined {
  if (buildContext === undefined) return undefined;
  return { ...buildContext, ignore: store.textOf(joinUri(root, '.dockerignore')) };
}
