import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** Readers of other projects, which the benchmarks install. */
const require = createRequire(join(import.meta.dirname, '../bench/package.json'));
const peer = <T>(name: string) => require(name) as T;

type Json = { readonly [key: string]: Json } | string | undefined;

/**
 * Returns the `name@version` of all registry packages in a lockfile, with none of our code: as the package managers' own
 * parsers read it, or by JSON and YAML libraries.
 */
export function independentVersions(path: string, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const name = basename(path);
  if (name.endsWith('.json')) addNpm(JSON.parse(text) as Json, found);
  else if (name === 'bun.lock') addBun(text, found);
  else if (name === 'pnpm-lock.yaml') addPnpm(text, found);
  else addYarn(text, found);
  return found;
}

const member = (value: Json, key: string): Json => (typeof value === 'object' ? value[key] : undefined);
const text = (value: Json): string => (typeof value === 'string' ? value : '');
const entries = (value: Json): readonly [string, Json][] =>
  typeof value === 'object' ? Object.entries(value) : [];

function addNpm(lock: Json, found: Set<string>): void {
  const packages = member(lock, 'packages');
  for (const [key, entry] of entries(packages)) {
    const at = key.lastIndexOf('node_modules/');
    const version = text(member(entry, 'version'));
    if (at === -1 || version === '' || text(member(entry, 'resolved')).startsWith('git')) continue;
    const own = text(member(entry, 'name'));
    found.add(`${own === '' ? key.slice(at + 'node_modules/'.length) : own}@${version}`);
  }
  if (packages !== undefined) return;
  const visit = (dependencies: Json) => {
    for (const [name, entry] of entries(dependencies)) {
      const version = text(member(entry, 'version'));
      if (/^\d/.test(version)) found.add(`${name}@${version}`);
      else if (version.startsWith('npm:')) found.add(version.slice('npm:'.length));
      visit(member(entry, 'dependencies'));
    }
  };
  visit(member(lock, 'dependencies'));
}

function addBun(file: string, found: Set<string>): void {
  const { parse } = peer<{ readonly parse: (text: string) => Json }>('jsonc-parser');
  for (const [, entry] of entries(member(parse(file), 'packages'))) {
    const [identifier] = entry as unknown as readonly string[];
    if (/@\d[^/]*$/.test(identifier!)) found.add(identifier!);
  }
}

function addPnpm(file: string, found: Set<string>): void {
  const { loadAll } = peer<{ readonly loadAll: (text: string) => readonly Json[] }>('js-yaml');
  for (const document of loadAll(file)) {
    for (const [key, entry] of entries(member(document, 'packages'))) {
      if (member(member(entry, 'resolution'), 'integrity') === undefined) continue;
      const [, old, oldVersion] = /^\/((?:@[^/]+\/)?[^/@]+)\/(\d[^_(]*)/.exec(key) ?? [];
      const [, name, version] = /^\/?((?:@[^/]+\/)?[^/@]+)@(\d[^_(]*)/.exec(key) ?? [];
      if (old !== undefined) found.add(`${old}@${oldVersion}`);
      else if (name !== undefined) found.add(`${name}@${version}`);
    }
  }
}

function addYarn(file: string, found: Set<string>): void {
  if (file.includes('__metadata:')) {
    const { parseSyml } = peer<{ readonly parseSyml: (text: string) => Json }>('@yarnpkg/parsers');
    for (const [, entry] of entries(parseSyml(file))) {
      const resolution = text(member(entry, 'resolution'));
      const [, name, version] =
        /^((?:@[^/]+\/)?[^@]+)@npm:([^:]+?)(?:::.*)?$/.exec(resolution) ??
        // A patched copy is made of the package of that version.
        /^((?:@[^/]+\/)?[^@]+)@patch:.*?::version=([^&]+)/.exec(resolution) ??
        [];
      if (name !== undefined) found.add(`${name}@${version}`);
    }
    return;
  }
  const { parse } = peer<{ readonly parse: (text: string) => { readonly object: Json } }>(
    '@yarnpkg/lockfile',
  );
  for (const [key, entry] of entries(parse(file).object)) {
    const [, own, asked = ''] = /^((?:@[^/]+\/)?[^@]+)@(.*)$/.exec(key) ?? [];
    const alias = /^npm:((?:@[^/]+\/)?[^@]+)/.exec(asked)?.[1];
    if (!text(member(entry, 'resolved')).includes('/-/')) continue;
    found.add(`${alias ?? own}@${text(member(entry, 'version'))}`);
  }
}
