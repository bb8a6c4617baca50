import { openFiles, ROOT, TEST_REGISTRY } from '../../../workspace.ts';

export const hash = (byte: number) => `sha512-${Buffer.alloc(64, byte).toString('base64')}`;
export const RESTORE = 'Restore the entry from git and find out who changed it.';

export type Members = Readonly<Record<string, unknown>>;

/** Returns an npm lockfile; an entry has the URL of its name and version by default. */
export function lockOf(packages: Readonly<Record<string, Members>>, root: Members = {}): string {
  const entries = Object.entries(packages).map(([key, { url, ...members }]) => {
    const name = key.split('node_modules/').at(-1)!;
    const bare = name.slice(name.indexOf('/') + 1);
    const usual = `${TEST_REGISTRY}${name}/-/${bare}-${members.version}.tgz`;
    const isPackage = key.includes('node_modules/') && members.link !== true;
    return [key, isPackage && url !== null ? { resolved: url ?? usual, ...members } : members];
  });
  const dependencies = { a: '^1.0.0', b: '^1.0.0' };
  const all = { '': { name: 'shop', dependencies, ...root }, ...Object.fromEntries(entries) };
  return `${JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: all }, undefined, 2)}\n`;
}

export interface Files {
  readonly file?: string;
  readonly manifest?: Members;
}

/** Returns the errors of the rule, each with its token, that are only there because of the committed state. */
export async function foundSince(
  before: string,
  now: string,
  { file = 'package-lock.json', manifest = {} }: Files = {},
): Promise<readonly (readonly [token: string, message: string])[]> {
  const files = new Map([
    [
      'package.json',
      JSON.stringify({ name: 'shop', dependencies: { a: '^1.0.0', b: '^1.0.0' }, ...manifest }),
    ],
    [file, now],
  ]);
  const found = async (text: string | undefined) => {
    const workspace = await openFiles(files, {
      settings: { comparesCommits: true, base: 'HEAD' },
      git: {
        textAt: async (uri, commit) =>
          text !== undefined && uri === `${ROOT}/${file}`
            ? { type: 'text', commit, text }
            : { type: 'absent', commit },
      },
    });
    return workspace
      .findings()
      .filter(({ rule, severity }) => severity === 'error' && /^lockfile-(?:entry|integrity)/.test(rule))
      .map(({ span, message }) => [now.slice(span.start, span.end), message] as const);
  };
  const alone = new Set((await found(undefined)).map(([, message]) => message));
  return (await found(before)).filter(([, message]) => !alone.has(message));
}

export const A = { version: '1.0.0', integrity: hash(1) };
export const B = { version: '1.0.0', integrity: hash(2), dependencies: { a: '^1.0.0' } };
