import { MANAGERS } from '../manager/managers.ts';
/**
 * Returns the file name of a command: package managers drop everything up to the last slash, and on some systems the
 * case and the extension do not matter.
 */
export function commandName(written: string): string {
  const base = written.replace(/[\\:]/g, '/').replace(/\/+$/, '');
  return base
    .slice(base.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|com|ps1)$/, '');
}

/**
 * Programs that scripts and build tools run by name, and the packages that provide them besides the one of that name.
 */
const PROGRAMS: ReadonlyMap<string, readonly string[]> = new Map([
  ...[
    ...['node', 'deno', 'corepack', 'git', 'ssh', 'scp', 'curl', 'wget', 'docker', 'openssl'],
    ...['sh', 'bash', 'zsh', 'dash', 'cmd', 'powershell', 'pwsh'],
    ...['python', 'python3', 'pip', 'pip3', 'ruby', 'perl', 'php', 'java'],
  ].map((name): [string, readonly string[]] => [name, []]),
  ['nodejs', ['node']],
  ...MANAGERS.flatMap(({ programs, packages }) =>
    [...programs.run, ...programs.exec].map((name): [string, readonly string[]] => [name, packages]),
  ),
]);

/** Checks whether a command, in the form of `commandName`, shadows a well-known program of another package. */
export function isShadowing(command: string, packageName: string): boolean {
  const owners = PROGRAMS.get(command);
  return owners !== undefined && packageName !== command && !owners.includes(packageName);
}
