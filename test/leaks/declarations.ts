import { ACME, CORP } from './cast.ts';
import type { Manager } from './configuration.ts';

/** The content at a path of a repository: text, bytes, a folder, or a link to a file outside with such a text. */
export type Content =
  | string
  | Buffer
  | { readonly type: 'folder' }
  | { readonly type: 'link'; readonly text: string };
export type Files = Record<string, Content>;

export interface Declared {
  /** With the @. */
  readonly scope: string;
  readonly names: readonly string[];
}

/** A way to declare names private, which the product has to understand or else to treat as the worst case. */
export interface Declaration {
  readonly label: string;
  /** Changes the files of the root project; `user` adds a line to the user's .npmrc. */
  readonly declare: (files: Files, declared: Declared, user: (line: string) => void) => void;
  /** The managers that it applies to; all by default. */
  readonly managers?: readonly Manager[];
}

const POLICY = 'dependency-hygiene.json';
const REGISTRY = `${ACME}/a/`;

const policyOf = ({ scope, names }: Declared) => ({ privateScopes: [scope], internalNames: names });
const text = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
const utf16 = (value: string) => Buffer.from(`\ufeff${value}`, 'utf16le');
/** Extends the existing policy; lists in both are merged. */
const withPolicy = (files: Files, more: object) => {
  const before = JSON.parse(String(files[POLICY] ?? '{}')) as Record<string, unknown>;
  const after = Object.entries(more).map(([key, value]) => {
    const [old, added] = [before[key], value as unknown];
    return [key, Array.isArray(old) && Array.isArray(added) ? [...old, ...added] : added];
  });
  return text({ ...before, ...Object.fromEntries(after) });
};

/** A line in the file of a package manager other than the one in use. */
const mapping = ({ scope }: Declared) => `${scope}:registry=${REGISTRY}\n`;

export const DECLARATIONS: readonly Declaration[] = [
  {
    label: 'policy',
    declare: (files, declared) => {
      files[POLICY] = withPolicy(files, policyOf(declared));
    },
  },
  {
    label: 'policy in another case',
    declare: (files, { scope, names }) => {
      files[POLICY] = withPolicy(files, policyOf({ scope: scope.toUpperCase(), names }));
    },
  },
  {
    label: 'policy with a byte order mark and comments',
    declare: (files, declared) => {
      files[POLICY] = `\ufeff// shared\n${withPolicy(files, policyOf(declared))}`;
    },
  },
  {
    label: 'policy above an empty one',
    declare: (files, declared) => {
      files[POLICY] = withPolicy(files, policyOf(declared));
      for (const folder of ['packages/member', 'docs/example', 'docs']) files[`${folder}/${POLICY}`] = '{}\n';
    },
  },
  {
    label: 'policy in UTF-16',
    declare: (files, declared) => {
      files[POLICY] = utf16(withPolicy(files, policyOf(declared)));
    },
  },
  {
    label: 'folder in place of the policy',
    declare: (files) => {
      files[POLICY] = { type: 'folder' };
    },
  },
  {
    label: 'policy linked outside',
    declare: (files, declared) => {
      files[POLICY] = { type: 'link', text: text(policyOf(declared)) };
    },
  },
  {
    label: 'policy cut off',
    declare: (files, declared) => {
      files[POLICY] = `${withPolicy(files, policyOf(declared)).slice(0, -6)}`;
    },
  },
  {
    label: 'private scopes of a wrong type',
    declare: (files, { scope, names }) => {
      files[POLICY] = withPolicy(files, { privateScopes: { [scope]: true }, internalNames: names.join(' ') });
    },
  },
  {
    label: '.npmrc in UTF-16',
    declare: (files, declared) => {
      files['.npmrc'] = utf16(mapping(declared));
      files[POLICY] = withPolicy(files, { internalNames: declared.names });
    },
  },
  {
    label: 'folder in place of .npmrc',
    declare: (files, declared) => {
      files['.npmrc'] = { type: 'folder' };
      files[POLICY] = withPolicy(files, { internalNames: declared.names });
    },
  },
  {
    label: '.npmrc linked outside',
    declare: (files, declared) => {
      files['.npmrc'] = { type: 'link', text: mapping(declared) };
      files[POLICY] = withPolicy(files, { internalNames: declared.names });
    },
  },
  {
    label: "user's .npmrc",
    managers: ['berry', 'bun', 'pnpm'],
    declare: (files, declared, user) => {
      user(mapping(declared).trim());
      files[POLICY] = withPolicy(files, { internalNames: declared.names });
    },
  },
  {
    label: "another package manager's file",
    managers: ['npm', 'pnpm', 'yarn1'],
    declare: (files, { scope, names }) => {
      files['.yarnrc.yml'] = `npmScopes:\n  ${scope.slice(1)}:\n    npmRegistryServer: "${REGISTRY}"\n`;
      files[POLICY] = withPolicy(files, { internalNames: names });
    },
  },
  {
    label: 'publishConfig of a member',
    declare: (files, { scope, names }) => {
      const path = 'packages/member/package.json';
      const manifest = JSON.parse(String(files[path])) as object;
      files[path] = text({ ...manifest, publishConfig: { [`${scope}:registry`]: REGISTRY } });
      files[POLICY] = withPolicy(files, { internalNames: names });
    },
  },
  {
    label: 'lockfile',
    managers: ['npm'],
    declare: (files, { scope, names }) => {
      files['package-lock.json'] = lockfileWith(files, scope);
      files[POLICY] = withPolicy(files, { internalNames: names });
    },
  },
  {
    label: 'lockfile with a NUL',
    managers: ['npm'],
    declare: (files, { scope, names }) => {
      const lockfile = lockfileWith(files, scope);
      const half = lockfile.length / 2;
      files['package-lock.json'] = `${lockfile.slice(0, half)}\0${lockfile.slice(half)}`;
      files[POLICY] = withPolicy(files, { internalNames: names });
    },
  },
  {
    label: 'lockfile in UTF-16',
    managers: ['npm'],
    declare: (files, { scope, names }) => {
      files['package-lock.json'] = utf16(lockfileWith(files, scope));
      files[POLICY] = withPolicy(files, { internalNames: names });
    },
  },
  {
    label: 'scope mapped to an empty address',
    managers: ['npm', 'pnpm', 'yarn1'],
    declare: (files, { scope, names }) => {
      files['.npmrc'] = `${String(files['.npmrc'] ?? '')}${scope}:registry=\n`;
      files[POLICY] = withPolicy(files, policyOf({ scope, names }));
    },
  },
];

/** Returns the existing lockfile with a package of the scope from a private registry. */
function lockfileWith(files: Files, scope: string): string {
  const lockfile = JSON.parse(String(files['package-lock.json'])) as { packages: Record<string, object> };
  lockfile.packages[`node_modules/${scope}/locked-before`] = {
    version: '1.0.0',
    resolved: `${CORP}/api/npm/${scope}/locked-before/-/locked-before-1.0.0.tgz`,
  };
  return text(lockfile);
}
