import type { ExampleProject, Locked } from './example-project.ts';
import { gitOf, hasMembers, rangesOf } from './written.ts';

export type NpmVersion = 1 | 2 | 3 | 4;

/**
 * Writes a package-lock.json, as npm 6 (1), 7 (2) and 9 (3) do. Version 4 has the same here: npm 12 writes it only for
 * members that no example has (see `unsupportedReason` in read-npm-lockfile.ts).
 */
export function writeNpm(project: ExampleProject, version: NpmVersion): string {
  const { declared, locked } = project;
  const packages = {
    '': { name: 'shop', dependencies: declared },
    ...Object.fromEntries(
      locked.map((each) => {
        const { folder, name, inside, hasInstallScript, bin, engines } = each;
        const around = inside === undefined ? '' : `node_modules/${inside}/`;
        const { dependencies, optionalDependencies } = each;
        return [
          `${around}node_modules/${folder}`,
          {
            ...(name === folder ? {} : { name }),
            ...{ version: each.version, resolved: each.resolved, integrity: each.integrity },
            ...(hasInstallScript ? { hasInstallScript } : {}),
            ...(bin === undefined ? {} : { bin }),
            ...(engines === undefined ? {} : { engines }),
            ...(hasMembers(dependencies) ? { dependencies } : {}),
            ...(hasMembers(optionalDependencies) ? { optionalDependencies } : {}),
          },
        ];
      }),
    ),
  };
  const content = {
    name: 'shop',
    lockfileVersion: version,
    requires: true,
    ...(version === 1 ? {} : { packages }),
    ...(version >= 3 ? {} : { dependencies: nested(project, undefined) }),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function nested(project: ExampleProject, parent: string | undefined): object {
  const { locked } = project;
  const here = locked.filter(({ inside }) => inside === parent);
  const missing = parent === undefined ? outer(locked) : [];
  return Object.fromEntries(
    [...here, ...missing].map((each) => {
      const { folder, name, version, integrity } = each;
      const git = gitOf(each);
      const alias = name === folder ? version : `npm:${name}@${version}`;
      const requires = { ...each.dependencies, ...each.optionalDependencies };
      const inner = locked.some(({ inside }) => parent === undefined && inside === folder);
      return [
        folder,
        {
          version: git === undefined ? alias : each.resolved,
          ...(git === undefined
            ? { resolved: each.resolved, integrity }
            : { from: `${name}@${rangesOf(project, each)[0]}` }),
          ...(hasMembers(requires) ? { requires } : {}),
          ...(inner ? { dependencies: nested(project, folder) } : {}),
        },
      ];
    }),
  );
}

/** Returns packages that an example omits although they contain another one. */
function outer(locked: readonly Locked[]): readonly Locked[] {
  const known = new Set(locked.filter(({ inside }) => inside === undefined).map(({ folder }) => folder));
  return locked.flatMap((each) =>
    each.inside === undefined || known.has(each.inside)
      ? []
      : [
          {
            ...each,
            folder: each.inside,
            name: each.inside,
            inside: undefined,
            resolved: undefined,
            integrity: undefined,
          },
        ],
  );
}
