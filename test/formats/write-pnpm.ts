import type { ExampleProject, Locked } from './example-project.ts';
import { gitOf, otherUrl } from './written.ts';

export function writePnpm({ declared, locked, manifest }: ExampleProject, version: string): string {
  const outermost = locked.filter(({ inside }) => inside === undefined);
  const direct = outermost.filter(({ folder }) => Object.hasOwn(declared, folder));
  const isOld = version.startsWith('5');
  const lines = [`lockfileVersion: ${isOld ? version : `'${version}'`}`, ''];
  const { overrides } = manifest as { readonly overrides?: Readonly<Record<string, string>> };
  if (overrides !== undefined) {
    lines.push(
      'overrides:',
      ...Object.entries(overrides).map(([name, to]) => `  ${quoted(name)}: ${quoted(to)}`),
      '',
    );
  }
  if (locked.length === 0) {
    return [...lines, ...(isOld ? ['specifiers: {}'] : ['importers:', '', '  .: {}']), ''].join('\n');
  }
  if (isOld && direct.length === 0) lines.push('specifiers: {}', '');
  else if (isOld) {
    lines.push(
      'specifiers:',
      ...direct.map(({ folder }) => `  ${quoted(folder)}: ${quoted(declared[folder]!)}`),
      '',
    );
    lines.push(
      'dependencies:',
      ...direct.map((each) => `  ${quoted(each.folder)}: ${reference(each, version)}`),
      '',
    );
  } else {
    lines.push('importers:', '', ...(direct.length === 0 ? ['  .: {}'] : ['  .:', '    dependencies:']));
    for (const each of direct) {
      const { folder } = each;
      lines.push(`      ${quoted(folder)}:`, `        specifier: ${quoted(declared[folder]!)}`);
      lines.push(`        version: ${reference(each, version)}`);
    }
    lines.push('');
  }
  const known = new Map(locked.map((each) => [keyOf(each, version), each]));
  lines.push('packages:', '');
  for (const [key, each] of known) {
    lines.push(`  ${quoted(key)}:`, `    resolution: ${resolutionOf(each)}`);
    if (gitOf(each) !== undefined) {
      if (version !== '9.0') lines.push(`    name: ${quoted(each.name)}`);
      lines.push(`    version: ${each.version}`);
    }
    if (each.hasInstallScript && version !== '9.0') lines.push('    requiresBuild: true');
    for (const [name, range] of Object.entries(each.engines ?? {}))
      lines.push(`    engines: {${name}: ${quoted(range)}}`);
    if (each.bin !== undefined) lines.push('    hasBin: true');
    if (version !== '9.0') lines.push(...edgesOf(each, outermost, version), '    dev: false');
    lines.push('');
  }
  if (version === '9.0') {
    lines.push('snapshots:', '');
    for (const [key, each] of known) {
      const edges = edgesOf(each, outermost, version);
      lines.push(...(edges.length === 0 ? [`  ${quoted(key)}: {}`] : [`  ${quoted(key)}:`, ...edges]), '');
    }
  }
  return lines.join('\n');
}

function edgesOf(each: Locked, all: readonly Locked[], version: string): readonly string[] {
  return (['dependencies', 'optionalDependencies'] as const).flatMap((section) => {
    const names = Object.keys(each[section]);
    const targets = names.flatMap((name) => all.find(({ folder }) => folder === name) ?? []);
    if (targets.length === 0) return [];
    return [
      `    ${section}:`,
      ...targets.map((target) => `      ${quoted(target.folder)}: ${reference(target, version)}`),
    ];
  });
}

function keyOf(each: Locked, version: string): string {
  const git = gitOf(each);
  if (git !== undefined) return version === '9.0' ? `${each.name}@${each.resolved}` : gitKey(git);
  if (version.startsWith('5')) return `/${each.name}/${each.version}`;
  return `${version === '6.0' ? '/' : ''}${each.name}@${each.version}`;
}

/** `github.com/owner/repository/commit` */
function gitKey({ repository, commit }: { readonly repository: string; readonly commit: string }): string {
  return `${repository.replace(/^git\+\w+:\/\/(?:git@)?|^git:\/\//g, '').replace(/\.git$/, '')}/${commit}`;
}

function reference(each: Locked, version: string): string {
  const git = gitOf(each);
  if (git !== undefined) return quoted(version === '9.0' ? each.resolved! : gitKey(git));
  if (each.name === each.folder) return each.version ?? '';
  return quoted(keyOf(each, version));
}

function resolutionOf(each: Locked): string {
  const git = gitOf(each);
  if (git !== undefined) return `{commit: ${git.commit}, repo: ${quoted(git.repository)}, type: git}`;
  const url = otherUrl(each);
  const parts = [
    ...(each.integrity === undefined ? [] : [`integrity: ${each.integrity}`]),
    ...(url === undefined ? [] : [`tarball: ${quoted(url)}`]),
  ];
  return `{${parts.join(', ')}}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
