/**
 * Writes the public registry's URL, which is in no committed file, from npm's own definitions of its settings; Yarn 1's
 * own name of that registry; the one of the scope @jsr, from pnpm; and the hosts of well-known mirrors, from nrm.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** A definition of @npmcli/config, as far as it is used here. */
interface Definition {
  readonly default: unknown;
}

/** Writes the module to `outFile`. */
export function writeNpmDefaults(outFile: string): void {
  mkdirSync(dirname(outFile), { recursive: true });
  writeFileSync(outFile, npmDefaultsModule());
}

function npmDefaultsModule(): string {
  const definitions = loadDefinitions();
  const registry = definitions.registry?.default;
  if (typeof registry !== 'string') throw new Error('@npmcli/config has no default registry any more.');
  return `// Written by server/tools/npm-defaults.ts from @npmcli/config, @yarnpkg/lockfile, pnpm's packages and nrm. Not committed; do not edit.

/** The URL of the public registry with a trailing slash: npm's default for \`registry\`. */
export const PUBLIC_REGISTRY: string = ${JSON.stringify(registry.endsWith('/') ? registry : `${registry}/`)};

/** The URL of the same registry that Yarn uses by default and writes into its lockfiles. */
export const YARN_REGISTRY: string = ${JSON.stringify(yarnRegistry())};

/** The URL of the registry that pnpm and Yarn use for the scope @jsr. */
export const JSR_REGISTRY: string = ${JSON.stringify(jsrRegistry())};

/** Hosts and domains of public registries: the default one under all its names, and its mirrors. */
export const OPEN_HOSTS: readonly string[] = ${JSON.stringify(openHosts(registry))};
`;
}

function loadDefinitions(): Readonly<Record<string, Definition>> {
  const require = createRequire(import.meta.url);
  const loaded: {
    definitions: Readonly<Record<string, Definition>>;
  } = require('@npmcli/config/lib/definitions');
  return loaded.definitions;
}

/** Returns the registry from Yarn's constants, which its lockfile library contains. */
function yarnRegistry(): string {
  const text = readFileSync(createRequire(import.meta.url).resolve('@yarnpkg/lockfile'), 'utf8');
  const address = /\bYARN_REGISTRY = (?:.{0,60}= )?'(https:\/\/[a-z.]+)'/.exec(text)?.[1];
  if (address === undefined) throw new Error('@yarnpkg/lockfile has no registry of Yarn any more.');
  return `${address}/`;
}

/** Returns the registry of the scope from pnpm's defaults. Their module is for `import` only, and has no other use here. */
function jsrRegistry(): string {
  const file = new URL(import.meta.resolve('@pnpm/config.normalize-registries'));
  const address = /'@jsr': '(https:\/\/[a-z.]+)\/?'/.exec(readFileSync(file, 'utf8'))?.[1];
  if (address === undefined) throw new Error('pnpm has no registry of @jsr any more.');
  return `${address}/`;
}

/**
 * Returns the hosts of the registries in nrm, a tool that switches between them. A host whose domain contains npm's
 * or Yarn's name stands for the whole domain. Other domains have private registries as well, so only the host
 * itself counts.
 */
function openHosts(registry: string): readonly string[] {
  const text = readFileSync(createRequire(import.meta.url).resolve('nrm/dist/constants.js'), 'utf8');
  const urls = [...text.matchAll(/\bregistry: '(https?:\/\/[^']+)'/g)].map(([, url]) => url!);
  if (urls.length < 5) throw new Error('nrm has no list of registries any more.');
  const hosts = [registry, yarnRegistry(), ...urls].map((url) => {
    const { hostname } = new URL(url);
    const domain = hostname.split('.').slice(-2).join('.');
    return /npm|yarn/.test(domain) ? domain : hostname;
  });
  return [...new Set(hosts)].sort();
}
