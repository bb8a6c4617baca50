import { onForgetLatest } from '../text/latest.ts';
import type { ManifestDependency } from './manifest.ts';

type Dependencies = readonly ManifestDependency[];

/** Of the list that was asked for last, as several rules ask for the same one in turn. */
let latest: { readonly among: Dependencies; readonly exotic: Dependencies } | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/** The dependencies of a list that have something else than a version, a range or a tag: few of thousands, mostly. */
export function exoticAmong(dependencies: Dependencies): Dependencies {
  if (latest?.among !== dependencies) {
    latest = { among: dependencies, exotic: dependencies.filter(isExotic) };
  }
  return latest.exotic;
}

function isExotic({ specifier: { type } }: ManifestDependency): boolean {
  return type !== 'range' && type !== 'version' && type !== 'tag';
}
