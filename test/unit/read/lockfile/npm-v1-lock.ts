import { readNpmV1Lockfile } from '../../../../server/src/core/read/lockfile/npm-v1/read-npm-v1-lockfile.ts';

export function readV1(text: string) {
  return readNpmV1Lockfile('file:///workspace/package-lock.json', text, 'package-lock');
}

const REGISTRY = 'https://registry.public.example.test';

/** A package-lock as npm 6 prints it: every kind of version, and nested dependencies. */
export const V1_LOCK = `${JSON.stringify(
  {
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      '@s/b': {
        version: '2.0.0',
        resolved: `${REGISTRY}/@s/b/-/b-2.0.0.tgz`,
        integrity: 'sha512-B2==',
        dev: true,
        optional: true,
      },
      a: {
        version: '1.1.0',
        resolved: `${REGISTRY}/a/-/a-1.1.0.tgz`,
        integrity: 'sha1-A1==',
        requires: { '@s/b': '^1.0.0', c: '>=3 <4' },
        dependencies: {
          '@s/b': {
            version: '1.5.0',
            resolved: `${REGISTRY}/@s/b/-/b-1.5.0.tgz`,
            integrity: 'sha512-B1==',
            requires: { c: '^3.1.0', inside: '*' },
          },
          inside: { version: '0.1.0', bundled: true },
        },
      },
      c: { version: '3.2.0', resolved: `${REGISTRY}/c/-/c-3.2.0.tgz`, integrity: 'sha512-C==' },
      dir: { version: 'file:packages/dir', requires: { a: '1' }, dependencies: { c: { version: '1.0.0' } } },
      git: {
        version: 'git+https://git.example.test/o/git.git#0123456789012345678901234567890123456789',
        from: 'git+https://git.example.test/o/git.git#main',
      },
      hub: { version: 'github:o/hub#0123456', from: 'github:o/hub#v1' },
      mine: {
        version: 'npm:real@4.0.0',
        resolved: `${REGISTRY}/real/-/real-4.0.0.tgz`,
        integrity: 'sha512-R==',
      },
      scoped: {
        version: 'npm:@s/real@5.0.0',
        resolved: `${REGISTRY}/@s/real/-/real-5.0.0.tgz`,
        integrity: 'sha512-S==',
      },
      tarred: { version: 'file:t.tgz', integrity: 'sha512-T==' },
      url: { version: 'https://files.example.test/url.tar.gz', integrity: 'sha512-U==' },
    },
  },
  undefined,
  2,
)}\n`;
