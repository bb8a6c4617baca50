import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import type { AdvisoryIndex } from '../../src/core/know/advisory/advisory-index.ts';
import { openIndex } from '../../src/core/know/advisory/open-index.ts';
import { json, nameOf } from './lockfile-texts.ts';

/** The size of the project: locked packages, members, and locked versions with a known vulnerability. */
export const VULNERABLE = { locked: 20_000, members: 200, vulnerable: 400 };

/** Each member's own copies of versions other than the hoisted one; it declares the first ones itself. */
const NESTED_EACH = 80;
const NESTED_DECLARED = 20;
/** The number of hoisted packages that a member declares. */
const DECLARED_EACH = 30;
const REGISTRY = 'https://registry.example.test/';
const DATA = join(import.meta.dirname, '../../data/advisories.bin');

interface Package {
  readonly name: string;
  readonly version: string;
}

/**
 * Writes a workspace with a matching lockfile. Some of the locked versions are affected by bundled advisories; the
 * declared ranges are of all kinds, most of them used only once. The same seed gives the same project.
 */
export function writeVulnerableProject(folder: string, seed = 1): void {
  const below = randomNumbers(seed);
  const { hoisted, nested } = choosePackages(below);
  const packages: Record<string, object> = { '': { ...ROOT, workspaces: ['packages/*'] } };
  const hoistedEdges = edgesAmong(hoisted, { roots: 1, below });
  for (const [at, each] of hoisted.entries())
    packages[`node_modules/${each.name}`] = entryOf(each, hoistedEdges[at]!);
  for (const [member, own] of nested.entries()) {
    const path = `packages/m${member}`;
    const names = new Set(own.map(({ name }) => name));
    const others = hoisted.filter(({ name }) => !names.has(name));
    const dependencies: Record<string, string> = {};
    const declare = (to: Record<string, string>, { name, version }: Package) => {
      to[name] = rangeOf(version, below);
    };
    for (let count = 0; count < DECLARED_EACH; count++) declare(dependencies, others[below(others.length)]!);
    for (const each of own.slice(0, NESTED_DECLARED)) declare(dependencies, each);
    const edges = edgesAmong(own, { roots: NESTED_DECLARED, below });
    for (const [at, each] of own.entries()) {
      if (below(2) === 0) declare(edges[at]!, others[below(others.length)]!);
      packages[`${path}/node_modules/${each.name}`] = entryOf(each, edges[at]!);
    }
    const manifest = { name: `m${member}`, version: '1.0.0', dependencies };
    packages[path] = manifest;
    packages[`node_modules/m${member}`] = { resolved: path, link: true };
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), json({ ...manifest, private: true }));
  }
  writeFileSync(join(folder, 'package.json'), json({ ...ROOT, private: true, workspaces: ['packages/*'] }));
  const lock = { ...ROOT, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), json(lock));
}

const ROOT = { name: 'vulnerable', version: '1.0.0' };

type Random = (limit: number) => number;

interface Packages {
  readonly hoisted: readonly Package[];
  /** By member. */
  readonly nested: readonly (readonly Package[])[];
}

/**
 * Chooses the packages: most vulnerable versions are a member's copy beside a clean version, the others are hoisted.
 */
function choosePackages(below: Random): Packages {
  const { locked, members, vulnerable } = VULNERABLE;
  const affected = affectedPackages(below, vulnerable);
  const copies = affected.filter(({ fixed }) => fixed !== undefined).slice(0, vulnerable * 0.75);
  const others = affected.filter((each) => !copies.includes(each));
  const hoisted: Package[] = [
    ...others.map(({ name, version }) => ({ name, version })),
    ...copies.map(({ name, fixed }) => ({ name, version: fixed! })),
  ];
  const madeUp: Package[] = [];
  while (hoisted.length + madeUp.length < locked - members * NESTED_EACH) {
    const version = `${below(9)}.${below(31)}.${below(17)}`;
    madeUp.push({ name: nameOf(madeUp.length), version });
  }
  hoisted.push(...madeUp);
  shuffle(hoisted, below);
  const nested = Array.from({ length: members }, (_, member) => {
    const own = new Map<string, Package>();
    for (const [at, { name, version }] of copies.entries())
      if (at % members === member) own.set(name, { name, version });
    while (own.size < NESTED_EACH) {
      const { name, version } = madeUp[below(madeUp.length)]!;
      own.set(name, { name, version: `${semver.major(version) + 1 + below(3)}.${below(31)}.${below(5)}` });
    }
    const all = [...own.values()];
    shuffle(all, below);
    return all;
  });
  return { hoisted, nested };
}

interface AffectedPackage extends Package {
  /** A version that no advisory affects. */
  readonly fixed: string | undefined;
}

function affectedPackages(below: Random, count: number): readonly AffectedPackage[] {
  const opened = openIndex(readFileSync(DATA), 'bundled');
  if ('problem' in opened) throw new Error(opened.problem);
  const { index } = opened;
  const found = [...index.names()].toSorted().flatMap((name) => affectedVersion(index, name) ?? []);
  shuffle(found, below);
  return found.slice(0, count);
}

/** Returns a version next to the start or end of an advisory's range. */
function affectedVersion(index: AdvisoryIndex, name: string): AffectedPackage | undefined {
  const advisories = index.of(name);
  if (advisories.length === 0 || advisories.some(({ isMalware }) => isMalware)) return undefined;
  const isAffected = (version: string) => index.affecting(name, version).length > 0;
  const named = advisories.flatMap(({ range }) => range.match(/\d+\.\d+\.\d+/g) ?? []);
  const before = named.flatMap((version) => {
    const { major, minor, patch } = new semver.SemVer(version);
    if (patch > 0) return [`${major}.${minor}.${patch - 1}`];
    return minor > 0 ? [`${major}.${minor - 1}.0`] : [];
  });
  const version = [...before, ...named].find(isAffected);
  if (version === undefined) return undefined;
  const fixed = advisories
    .flatMap(({ fixedIn }) => fixedIn)
    .find((each) => /^[\d.]+$/.test(each) && !isAffected(each));
  return { name, version, fixed };
}

/**
 * Returns the edges: each package but the first ones is required by an earlier one, so that all are reachable;
 * some by more.
 */
function edgesAmong(
  packages: readonly Package[],
  { roots, below }: { readonly roots: number; readonly below: Random },
): readonly Record<string, string>[] {
  const edges = packages.map((): Record<string, string> => ({}));
  for (const [at, { name, version }] of packages.entries()) {
    if (at < roots) continue;
    const parents = below(3) === 0 ? 3 : 1;
    const first = at >> 2;
    for (let count = 0; count < parents; count++)
      edges[first + below(at - first)]![name] = rangeOf(version, below);
  }
  return edges;
}

/** Returns a range that contains the version, in one of the usual notations. */
function rangeOf(version: string, below: Random): string {
  const { major, minor, patch } = new semver.SemVer(version);
  const forms = [
    `^${version}`,
    `~${version}`,
    `^${major}.${minor}.${below(patch + 1)}`,
    `^${major}.${below(minor + 1)}.0`.replace(/^\^0\.\d+/, `^0.${minor}`),
    version,
    `${major}.x`,
    `>=${major}.${below(minor + 1)}.0 <${major + 1 + below(4)}`,
    `>=${major}.${minor}.0-rc.${below(9)} <${major}.${minor + 1 + below(9)}.0-0`,
    `^${below(major + 1)}.${below(9)}.0 || ^${version}`,
    `~${major}.${minor}.${patch} || ~${major + 1 + below(5)}.${below(9)}.0`,
    `${major}.${minor}.0 - ${major + below(3)}.${minor + 1 + below(9)}.${below(9)}`,
    `>=${major}.${below(minor + 1)}.x <${major + 2 + below(9)}.0.0`,
  ];
  return [forms[below(forms.length)]!, `^${version}`].find((range) => semver.satisfies(version, range))!;
}

function entryOf({ name, version }: Package, dependencies: Record<string, string>): object {
  return {
    version,
    resolved: `${REGISTRY}${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`,
    integrity: `sha512-${Buffer.alloc(64, `${name} ${version} `).toString('base64')}`,
    license: 'MIT',
    ...(Object.keys(dependencies).length === 0 ? {} : { dependencies }),
  };
}

function shuffle(items: unknown[], below: Random): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [items[at], items[other]] = [items[other], items[at]];
  }
}

/** Returns pseudorandom numbers that are the same in every run (mulberry32). */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}
