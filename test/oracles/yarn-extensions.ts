import { parse } from 'yaml';
import { type LockfileProject, settingsText } from './lockfile-project.ts';

/** `packageExtensions` of a project of Yarn 2 and later, by their selectors. */
export type Extensions = Readonly<
  Record<string, { readonly dependencies?: Readonly<Record<string, string>> } | undefined>
>;

export function extensionsOf(project: LockfileProject): Extensions {
  const settings = parse(settingsText(project)) as { readonly packageExtensions?: Extensions } | null;
  return settings?.packageExtensions ?? {};
}

/** Returns the dependencies that they add to packages of a name. No project here has two selectors for one name. */
export function addedBy(extensions: Extensions, name: string): Readonly<Record<string, string>> {
  const added = Object.entries(extensions).filter(
    ([selector]) => selector.slice(0, selector.indexOf('@', 1)) === name,
  );
  return Object.assign({}, ...added.map(([, extension]) => extension?.dependencies));
}
