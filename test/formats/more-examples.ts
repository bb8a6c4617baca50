import { type Example, type ExampleProject, hashOf, type Locked, lockedFor } from './example-project.ts';

/**
 * Further examples of rules whose documented example does not exist in other formats. If any of a rule's examples is
 * reported in a format, the rule supports that format.
 */
export const MORE_EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'package-manager-unpinned': [{ project: shop([lockedFor('left', '1.0.0')]), isUnpinned: true }],
  'git-dependency-unpinned': [
    {
      project: shop([
        {
          ...lockedFor('left', 'github:someone/left'),
          resolved: 'git+ssh://git@github.com/someone/left.git#main',
        },
      ]),
    },
  ],
  'override-invalid': [
    {
      project: {
        ...shop([lockedFor('left', '1.0.0')]),
        manifest: manifestWith({ overrides: { nowhere: '1.0.0' } }),
      },
    },
  ],
  'lockfile-corrupt': [
    {
      project: shop([lockedFor('left', '1.0.0'), lockedFor('right', '1.0.0')]),
      damage: (text) => {
        const lines = text.split('\n');
        const half = Math.floor(lines.length / 2);
        return [
          ...lines.slice(0, half),
          '<<<<<<< HEAD',
          lines[half],
          '=======',
          '>>>>>>> feature',
          ...lines.slice(half),
        ].join('\n');
      },
    },
  ],
  'lockfile-legacy-format': [{ project: shop([lockedFor('left', '1.0.0')]) }],
  'lockfile-integrity-mismatch': [
    {
      project: shop([{ ...lockedFor('left', '1.0.0'), integrity: hashOf('another file') }]),
      base: shop([lockedFor('left', '1.0.0')]),
    },
  ],
  'lockfile-registry-mismatch': [
    {
      project: shop([{ ...lockedFor('left', '1.0.0'), bin: { left: 'bin.js' } }]),
      base: shop([]),
      registry: { left: published({}) },
    },
  ],
  'lockfile-script-flag-mismatch': [
    {
      project: shop([lockedFor('left', '1.0.0')]),
      base: shop([{ ...lockedFor('left', '1.0.0'), hasInstallScript: true }]),
    },
  ],
  'install-script-unreviewed': [
    {
      project: shop([lockedFor('left', '1.0.0')]),
      registry: { left: published({ scripts: { postinstall: 'node setup.js' } }) },
    },
    {
      // Otherwise Bun has a list of its own.
      project: {
        ...shop([lockedFor('left', '1.0.0')]),
        manifest: manifestWith({ trustedDependencies: ['right'] }),
      },
      registry: { left: published({ scripts: { postinstall: 'node setup.js' } }) },
    },
  ],
  'lockfile-multiple': [
    {
      project: {
        ...shop([lockedFor('left', '1.0.0')]),
        files: new Map([['yarn.lock', '# yarn lockfile v1\n\n\nleft@^1.0.0:\n  version "1.0.0"\n']]),
      },
    },
  ],
  'shadowed-command': [
    {
      project: shop([{ ...lockedFor('left', '1.0.0'), bin: { node: 'index.js' } }]),
      registry: { left: published({ bin: { node: 'index.js' } }) },
    },
  ],
};

function shop(locked: readonly Locked[]): ExampleProject {
  const declared = Object.fromEntries(
    ['left', 'right'].flatMap((name) => {
      const found = locked.find(({ folder }) => folder === name);
      return found === undefined ? [] : [[name, declarationOf(found)]];
    }),
  );
  return { manifest: { name: 'shop', dependencies: declared }, declared, locked, files: new Map() };
}

function declarationOf({ resolved, version }: Locked): string {
  return resolved?.startsWith('git+') === true
    ? 'git+ssh://git@github.com/someone/left.git#main'
    : `^${version}`;
}

function manifestWith(more: object): ExampleProject['manifest'] {
  return { name: 'shop', dependencies: { left: '^1.0.0' }, ...more };
}

function published(version: object): object {
  return {
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { dist: { integrity: lockedFor('left', '1.0.0').integrity }, ...version } },
    time: { created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z' },
  };
}
