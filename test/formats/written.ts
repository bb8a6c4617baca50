import { TEST_REGISTRY } from '../workspace.ts';
import type { ExampleProject, Locked } from './example-project.ts';

/** The repository of a package from git, and what it is locked to, which should be a commit; undefined for any other. */
export function gitOf({
  resolved,
}: Locked): { readonly repository: string; readonly commit: string } | undefined {
  const [, repository, commit] = /^(git\+?[^#]*)#([^#]+)$/.exec(resolved ?? '') ?? [];
  return repository === undefined ? undefined : { repository, commit: commit! };
}

/** The URL where it has to be written, as it is not what the registry serves the package at. */
export function otherUrl({ name, version, resolved }: Locked): string | undefined {
  const bare = name.slice(name.indexOf('/') + 1);
  return resolved === `${TEST_REGISTRY}${name}/-/${bare}-${version}.tgz` ? undefined : resolved;
}

/** All that asks for a package, by what it declares. */
export function rangesOf({ declared, locked }: ExampleProject, { folder }: Locked): readonly string[] {
  const asking = [declared, ...locked.flatMap((each) => [each.dependencies, each.optionalDependencies])];
  const ranges = asking.flatMap((each) => (each[folder] === undefined ? [] : [each[folder]]));
  return [...new Set(ranges)];
}

export function hasMembers(members: object): boolean {
  return Object.keys(members).length > 0;
}
