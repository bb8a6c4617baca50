import type { ExampleProject, Locked } from './example-project.ts';
import { gitOf, hasMembers, otherUrl } from './written.ts';

export function writeBun({ declared, locked, manifest }: ExampleProject, version: number): string {
  const { overrides } = manifest as { readonly overrides?: object };
  const workspace = { name: 'shop', ...(hasMembers(declared) ? { dependencies: declared } : {}) };
  const packages = locked.map((each) => {
    const key = each.inside === undefined ? each.folder : `${each.inside}/${each.folder}`;
    return `    ${JSON.stringify(key)}: ${JSON.stringify(tupleOf(each))},\n`;
  });
  return `{
  "lockfileVersion": ${version},
  "workspaces": {
    "": ${JSON.stringify(workspace)},
  },
${overrides === undefined ? '' : `  "overrides": ${JSON.stringify(overrides)},\n`}  "packages": {
${packages.join('\n')}  }
}
`;
}

function tupleOf(each: Locked): readonly unknown[] {
  const { name, version, integrity, dependencies, optionalDependencies, bin } = each;
  const info = {
    ...(hasMembers(dependencies) ? { dependencies } : {}),
    ...(hasMembers(optionalDependencies) ? { optionalDependencies } : {}),
    ...(bin === undefined ? {} : { bin }),
  };
  const git = gitOf(each);
  if (git !== undefined) return [`${name}@${each.resolved}`, info, git.commit];
  const url = each.resolved === undefined ? '' : (otherUrl(each) ?? '');
  return [`${name}@${version}`, url, info, integrity ?? ''];
}
