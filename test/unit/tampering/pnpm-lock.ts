import { MINIMIST, ONCE, WRAPPY } from './tampered.ts';

/** A pnpm-lock.yaml of version 9.0: minimist, and once with its dependency wrappy. */
export const PNPM_LOCK = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      minimist:
        specifier: ^1.2.8
        version: 1.2.8
      once:
        specifier: ^1.4.0
        version: 1.4.0

packages:

  minimist@1.2.8:
    resolution: {integrity: ${MINIMIST.sha512}}

  once@1.4.0:
    resolution: {integrity: ${ONCE.sha512}}

  wrappy@1.0.2:
    resolution: {integrity: ${WRAPPY.sha512}}

snapshots:

  minimist@1.2.8: {}

  once@1.4.0:
    dependencies:
      wrappy: 1.0.2

  wrappy@1.0.2: {}
`;
