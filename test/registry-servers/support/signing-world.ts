import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import { type Home, makeHome } from './home.ts';
import type { pack } from './package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './recorded-registry.ts';
import { type Outside, startOutside } from './recorders.ts';
import { type Sigstore, startSigstore } from './sigstore.ts';

/** A registry whose packages are signed and attested, and everything outside it. */
export interface SigningWorld {
  readonly sigstore: Sigstore;
  readonly registry: RecordedRegistry;
  readonly outside: Outside;
  /** The home of a user who has configured the registry. */
  readonly home: Home;
  /** The file with the trust root. */
  readonly rootFile: string;
}

/**
 * Starts them before the tests of the calling suite, and resets recordings, faults and caches between tests.
 * @param targets what a test may have made to fail
 */
export function signingWorld(
  packages: readonly ReturnType<typeof pack>[],
  targets: readonly string[],
): () => SigningWorld {
  let world: SigningWorld;
  before(async () => {
    const sigstore = await startSigstore();
    const registry = await startRecordedRegistry({ packages, sigstore });
    const outside = await startOutside();
    const home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    const rootFile = path.join(home.folder, 'trusted_root.json');
    writeFileSync(rootFile, JSON.stringify(sigstore.trustedRoot));
    world = { sigstore, registry, outside, home, rootFile };
  });
  afterEach(() => {
    world.registry.forget();
    world.outside.forget();
    for (const target of targets) world.registry.fail(target, undefined);
  });
  after(async () => {
    const { registry, sigstore, outside, home } = world;
    await Promise.all([registry.close(), sigstore.close(), outside.close()]);
    rmSync(home.folder, { recursive: true });
  });
  return () => world;
}
