import {
  type PnpmLockfile,
  readPnpmLockfile,
} from '../../../../server/src/core/read/lockfile/pnpm/read-pnpm-lockfile.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';

/** Parses a text as pnpm-lock.yaml. */
export function readPnpm(text: string): PnpmLockfile {
  return readPnpmLockfile('file:///workspace/pnpm-lock.yaml', text);
}

/** Returns the lockfile's text at the span. */
export function cutOf({ text }: PnpmLockfile, span: Span | undefined): string | undefined {
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

/** A file of version 9.0 with a member, peers, an alias, a patch, a git package and a link. */
export const VERSION_9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

catalogs:
  default:
    zod:
      specifier: ^3.23.0
      version: 3.23.8

overrides:
  minimist@<1.2.6: '>=1.2.6'

patchedDependencies:
  zod@3.23.8:
    hash: abc123
    path: patches/zod@3.23.8.patch

importers:

  .:
    dependencies:
      '@s/ui':
        specifier: ^1.0.0
        version: 1.0.0(react@18.3.1)
      member:
        specifier: workspace:*
        version: link:packages/member
      r17:
        specifier: npm:react@^17.0.0
        version: react@17.0.2
    devDependencies:
      '@s/ui-test':
        specifier: 'catalog:'
        version: '@s/ui@1.0.0(react@17.0.2)'
      zod:
        specifier: 'catalog:'
        version: 3.23.8(patch_hash=abc123)
    optionalDependencies:
      outside:
        specifier: link:../outside
        version: link:../outside

  packages/member:
    dependencies:
      react:
        specifier: ^18.0.0
        version: 18.3.1
      tool:
        specifier: github:o/tool
        version: https://codeload.github.com/o/tool/tar.gz/0123456789abcdef0123456789abcdef01234567
    devDependencies:
      root:
        specifier: workspace:*
        version: link:../..

packages:

  '@s/ui@1.0.0':
    resolution: {integrity: sha512-uiuiui==, tarball: https://registry.example.test/@s/ui/-/ui-1.0.0.tgz}
    engines: {node: '>=18'}
    cpu: [x64, arm64]
    os: ['!win32']
    libc: [glibc]
    hasBin: true
    deprecated: It's old
    peerDependencies:
      react: '>=17'

  fsevents@2.3.3:
    resolution: {integrity: sha512-fsfsfs==}

  react@17.0.2:
    resolution: {integrity: sha512-r17r17==}

  react@18.3.1:
    resolution: {integrity: sha512-r18r18==}

  tool@https://codeload.github.com/o/tool/tar.gz/0123456789abcdef0123456789abcdef01234567:
    resolution: {gitHosted: true, tarball: https://codeload.github.com/o/tool/tar.gz/0123456789abcdef0123456789abcdef01234567}
    version: 2.0.0

  zod@3.23.8:
    resolution: {integrity: sha512-zodzod==}

snapshots:

  '@s/ui@1.0.0(react@17.0.2)':
    dependencies:
      react: 17.0.2
      zod: 3.23.8(patch_hash=abc123)

  '@s/ui@1.0.0(react@18.3.1)':
    dependencies:
      react: 18.3.1
    optionalDependencies:
      fsevents: 2.3.3

  fsevents@2.3.3:
    optional: true

  react@17.0.2: {}

  react@18.3.1: {}

  tool@https://codeload.github.com/o/tool/tar.gz/0123456789abcdef0123456789abcdef01234567: {}

  zod@3.23.8(patch_hash=abc123): {}
`;
