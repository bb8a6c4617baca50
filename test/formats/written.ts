import { TEST_REGISTRY } from '../workspace.ts';
import type { ExampleProject, Locked } from './example-project.ts';

/**
 * Returns the repository of a git package, and the locked revision, which should be a commit; undefined for any
 * other package.
 */
export function gitOf({
  resolved,
}: Locked): { readonly repository: string; readonly commit: string } | undefined {
  const [, repository, commit] = /^(git\+?[^#]*)#([^#]+)$/.exec(resolved ?? '') ?? [];
  return repository === undefined ? undefined : { repository, commit: commit! };
}

/** Returns the URL if it has to be written, as it differs from the registry's own. */
export function otherUrl({ name, version, resolved }: Locked): string | undefined {
  const bare = name.slice(name.indexOf('/') + 1);
  return resolved === `${TEST_REGISTRY}${name}/-/${bare}-${version}.tgz` ? undefined : resolved;
}

/** Returns all declared ranges of a package. */
export function rangesOf({ declared, locked }: ExampleProject, { folder }: Locked): readonly string[] {
  const asking = [declared, ...locked.flatMap((each) => [each.dependencies, each.optionalDependencies])];
  const ranges = asking.flatMap((each) => (each[folder] === undefined ? [] : [each[folder]]));
  return [...new Set(ranges)];
}

export function hasMembers(members: object): boolean {
  return Object.keys(members).length > 0;
}
