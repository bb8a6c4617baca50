import { onForgetLatest } from '../text/latest.ts';
import type { ManifestDependency } from './manifest.ts';

type Dependencies = readonly ManifestDependency[];

/** The result for the last list, because several rules ask for the same one in turn. */
let latest: { readonly among: Dependencies; readonly exotic: Dependencies } | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/** Returns the dependencies of a list that are not a version, a range or a tag: usually few of thousands. */
export function exoticAmong(dependencies: Dependencies): Dependencies {
  if (latest?.among !== dependencies) {
    latest = { among: dependencies, exotic: dependencies.filter(isExotic) };
  }
  return latest.exotic;
}

function isExotic({ specifier: { type } }: ManifestDependency): boolean {
  return type !== 'range' && type !== 'version' && type !== 'tag';
}
