import type { Source } from './source.ts';

/**
 * One small graph of packages, as each version of each package manager would write it: also versions without a real
 * file at hand, and for a clone without the corpus.
 */
interface Package {
  readonly name: string;
  readonly version: string;
  /** Names, each of one version except for nested packages. */
  readonly needs?: Readonly<Record<string, string>>;
  readonly wants?: Readonly<Record<string, string>>;
  readonly peers?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  /** The package in whose own folder it lies. */
  readonly inside?: string;
}

const PACKAGES: readonly Package[] = [
  { name: '@s/ui', version: '1.4.0', needs: { color: '^2.0.0', tiny: '^1.0.0' }, peers: { view: '>=17' } },
  { name: 'color', version: '2.1.3', needs: { tiny: '^2.0.0' }, wants: { 'native-bits': '0.3.1' } },
  { name: 'native-bits', version: '0.3.1' },
  { name: 'test-kit', version: '5.0.0-rc.1', needs: { color: '~2.1.0', 'wide.name_1': '*' }, dev: true },
  { name: 'tiny', version: '1.9.9' },
  { name: 'tiny', version: '2.0.0', inside: 'color' },
  { name: 'view', version: '18.2.0', needs: { tiny: '1.x' } },
  { name: 'wide.name_1', version: '3.0.0', dev: true },
];

const DIRECT = { '@s/ui': '^1.4.0', view: '^18.2.0' };
const DIRECT_DEV = { 'test-kit': '5.0.0-rc.1' };
const RANGES = rangesOf();

/** Returns all generated lockfiles. Each is read completely. */
export function madeUpLockfiles(): readonly Source[] {
  const npm = (version: number, text: string): Source => ({
    name: `made-up npm ${version}`,
    family: version > 1 ? 'npm' : 'npm-v1',
    kind: version === 0 ? 'npm-shrinkwrap' : 'package-lock',
    text,
  });
  const one = (family: Source['family'], kind: Source['kind'], version: string, text: string): Source => ({
    name: `made-up ${family} ${version}`,
    family,
    kind,
    text,
  });
  return [
    npm(0, npmTree(undefined, '  ')),
    npm(1, npmTree(1, '\t')),
    npm(2, npmPackages(2, '  ')),
    npm(3, npmPackages(3, '    ')),
    npm(4, npmPackages(4, '  ')),
    one('yarn-classic', 'yarn', '1', yarnClassic()),
    ...[4, 5, 6, 8, 9, 10].map((version) => one('yarn-berry', 'yarn', String(version), yarnBerry(version))),
    ...['5', '5.1', '5.3', '5.4', '5.4-inlineSpecifiers'].map((version) =>
      one('pnpm', 'pnpm', version, pnpm5(version)),
    ),
    ...["'6.0'", "'6.1'"].map((version) => one('pnpm', 'pnpm', version, pnpm6(version))),
    one('pnpm', 'pnpm', '9.0', pnpm9()),
    one('pnpm', 'pnpm', '9.0 in two documents', `---\n${PNPM_ENVIRONMENT}\n---\n${pnpm9()}`),
    ...[0, 1, 2, 3].map((version) => one('bun', 'bun', String(version), bun(version))),
  ];
}

function rangesOf(): ReadonlyMap<Package, readonly string[]> {
  const ranges = new Map<Package, Set<string>>(PACKAGES.map((item) => [item, new Set()]));
  const add = (from: Package | undefined, needed: Readonly<Record<string, string>> = {}) => {
    for (const [name, range] of Object.entries(needed)) ranges.get(targetOf(from, name))!.add(range);
  };
  add(undefined, DIRECT);
  add(undefined, DIRECT_DEV);
  for (const item of PACKAGES) {
    add(item, item.needs);
    add(item, item.wants);
  }
  return new Map([...ranges].map(([item, set]) => [item, [...set].sort()]));
}

function targetOf(from: Package | undefined, name: string): Package {
  const named = PACKAGES.filter((item) => item.name === name);
  return named.find(({ inside }) => inside !== undefined && inside === from?.name) ?? named[0]!;
}

/** Returns a text with the length of a hash. */
function hashOf({ name, version }: Package, length: number, alphabet: string): string {
  let state = 7;
  let hash = '';
  const seed = name + version;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 31) + seed.charCodeAt(at % seed.length) + at) >>> 0;
    hash += alphabet[(state >>> 3) % alphabet.length];
  }
  return hash;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const HEX = '0123456789abcdef';

function integrityOf(item: Package): string {
  return `sha512-${hashOf(item, 86, BASE64)}==`;
}

function addressOf({ name, version }: Package): string {
  return `https://registry.example.test/${name}/-/${name.replace(/^@.*\//, '')}-${version}.tgz`;
}

function npmPackages(version: number, indent: string): string {
  const packages: Record<string, object> = {
    '': {
      name: 'shop',
      version: '1.0.0',
      dependencies: DIRECT,
      devDependencies: DIRECT_DEV,
      ...(version === 4
        ? { packageExtensionsHash: 'sha512-0123456789==', npmExtensionHash: 'sha512-9876543210==' }
        : {}),
    },
  };
  for (const item of PACKAGES) {
    const folder = `node_modules/${item.name}`;
    packages[item.inside === undefined ? folder : `node_modules/${item.inside}/${folder}`] = {
      version: item.version,
      resolved: addressOf(item),
      integrity: integrityOf(item),
      ...(item.dev === true ? { dev: true } : {}),
      ...(item.name === 'native-bits' ? { hasInstallScript: true, optional: true } : {}),
      ...(version === 4 && item.name === 'view'
        ? { patched: { path: 'patches/view.patch', integrity: integrityOf(item) } }
        : {}),
      ...(version === 4 && item.name === 'color'
        ? { packageExtensionsApplied: { selector: 'color@2', dependencies: ['tiny'] } }
        : {}),
      ...(item.needs === undefined ? {} : { dependencies: item.needs }),
      ...(item.wants === undefined ? {} : { optionalDependencies: item.wants }),
      ...(item.peers === undefined ? {} : { peerDependencies: item.peers }),
    };
  }
  const legacy = version === 2 ? { dependencies: treeOf() } : {};
  const lock = {
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: version,
    requires: true,
    packages,
    ...legacy,
  };
  return `${JSON.stringify(lock, undefined, indent)}\n`;
}

function treeOf(): Readonly<Record<string, object>> {
  const tree: Record<string, object> = {};
  for (const item of PACKAGES.filter(({ inside }) => inside === undefined)) {
    const nested = PACKAGES.filter(({ inside }) => inside === item.name);
    const requires = { ...item.needs, ...item.wants };
    tree[item.name] = {
      ...plainEntry(item),
      ...(item.dev === true ? { dev: true } : {}),
      ...(item.name === 'native-bits' ? { optional: true } : {}),
      ...(Object.keys(requires).length > 0 ? { requires } : {}),
      ...(nested.length === 0
        ? {}
        : { dependencies: Object.fromEntries(nested.map((inner) => [inner.name, plainEntry(inner)])) }),
    };
  }
  return tree;
}

function plainEntry(item: Package): object {
  return { version: item.version, resolved: addressOf(item), integrity: integrityOf(item) };
}

function npmTree(version: number | undefined, indent: string): string {
  const head = version === undefined ? {} : { lockfileVersion: version, requires: true };
  return `${JSON.stringify({ name: 'shop', version: '1.0.0', ...head, dependencies: treeOf() }, undefined, indent)}\n`;
}

function yarnClassic(): string {
  let text = '# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n\n';
  const block = (title: string, members: Readonly<Record<string, string>> | undefined): string =>
    members === undefined
      ? ''
      : `  ${title}:\n${lines(members, ([name, range]) => `    ${quoted(name)} "${range}"`)}`;
  for (const item of PACKAGES) {
    const keys = RANGES.get(item)!.map((range) => quoted(`${item.name}@${range}`));
    text += `\n${keys.join(', ')}:\n  version "${item.version}"\n  resolved "${addressOf(item)}#${hashOf(item, 40, HEX)}"\n`;
    text += `  integrity ${integrityOf(item)}\n`;
    text += block('dependencies', item.needs) + block('optionalDependencies', item.wants);
  }
  return text;
}

/** Quotes a word that starts with a symbol, as Yarn does. */
function quoted(word: string): string {
  return /^[a-z][^\s:,]*$/i.test(word) ? word : `"${word}"`;
}

function lines(
  members: Readonly<Record<string, string>>,
  line: (member: [string, string]) => string,
): string {
  return Object.entries(members)
    .map((member) => `${line(member)}\n`)
    .join('');
}

function yarnBerry(version: number): string {
  const protocol = version >= 8 ? 'npm:' : '';
  const key = (name: string) => (name.startsWith('@') ? `"${name}"` : name);
  const value = (range: string) =>
    protocol === '' && /^[\^~\d]/.test(range) ? range : `"${protocol}${range}"`;
  const block = (
    title: string,
    members: Readonly<Record<string, string>> | undefined,
    write = value,
  ): string =>
    members === undefined
      ? ''
      : `  ${title}:\n${lines(members, ([name, range]) => `    ${key(name)}: ${write(range)}`)}`;
  let text = `# This file is generated by running "yarn install" inside your project.\n# Manual changes might be lost - proceed with caution!\n\n__metadata:\n  version: ${version}\n  cacheKey: ${version >= 8 ? '10c0' : version}\n`;
  for (const item of PACKAGES) {
    const keys = RANGES.get(item)!.map((range) => `${item.name}@npm:${range}`);
    text += `\n"${keys.join(', ')}":\n  version: ${item.version}\n  resolution: "${item.name}@npm:${item.version}"\n`;
    const needs =
      item.needs === undefined && item.wants === undefined ? undefined : { ...item.needs, ...item.wants };
    text += block('dependencies', needs) + block('peerDependencies', item.peers, (range) => `"${range}"`);
    if (item.wants !== undefined) {
      text += `  dependenciesMeta:\n${lines(item.wants, ([name]) => `    ${key(name)}:\n      optional: true`)}`;
    }
    text += `  checksum: ${version >= 8 ? '10c0/' : ''}${hashOf(item, 128, HEX)}\n  languageName: node\n  linkType: hard\n`;
  }
  text += '\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n';
  return `${text}${block('dependencies', { ...DIRECT, ...DIRECT_DEV })}  languageName: unknown\n  linkType: soft\n`;
}

function pnpmKey({ name, version }: Package, version5: boolean): string {
  return version5 ? `/${name}/${version}` : `/${name}@${version}`;
}

function quotedYaml(word: string): string {
  return /^[@*>]/.test(word) ? `'${word}'` : word;
}

function pnpmBlock(
  title: string,
  from: Package,
  members: Readonly<Record<string, string>> | undefined,
): string {
  if (members === undefined) return '';
  return `    ${title}:\n${lines(members, ([name]) => `      ${quotedYaml(name)}: ${targetOf(from, name).version}`)}`;
}

function pnpmPackages(version5: boolean): string {
  let text = '\npackages:\n';
  for (const item of PACKAGES) {
    text += `\n  ${pnpmKey(item, version5)}:\n    resolution: {integrity: ${integrityOf(item)}}\n`;
    if (item.name === 'color')
      text += "    engines: {node: '>=12'}\n    hasBin: true\n    requiresBuild: true\n";
    text += pnpmBlock('dependencies', item, item.needs) + pnpmBlock('optionalDependencies', item, item.wants);
    text += `    dev: ${item.dev === true}\n${item.name === 'native-bits' ? '    optional: true\n' : ''}`;
  }
  return text;
}

function pnpm5(version: string): string {
  const isInline = version.endsWith('inlineSpecifiers');
  if (isInline) return `lockfileVersion: ${version}\n\n${inlineSpecifiers('')}${pnpmPackages(true)}`;
  const specifiers = lines(
    { ...DIRECT, ...DIRECT_DEV },
    ([name, range]) => `  ${quotedYaml(name)}: ${range}`,
  );
  const locked = (members: Readonly<Record<string, string>>) =>
    lines(members, ([name]) => `  ${quotedYaml(name)}: ${targetOf(undefined, name).version}`);
  return `lockfileVersion: ${version}\n\nspecifiers:\n${specifiers}\ndependencies:\n${locked(DIRECT)}\ndevDependencies:\n${locked(DIRECT_DEV)}${pnpmPackages(true)}`;
}

function pnpm6(version: string): string {
  return `lockfileVersion: ${version}\n\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n\n${inlineSpecifiers('')}${pnpmPackages(false)}`;
}

function inlineSpecifiers(indent: string): string {
  const block = (title: string, members: Readonly<Record<string, string>>) =>
    `${indent}${title}:\n${lines(
      members,
      ([name, range]) =>
        `${indent}  ${quotedYaml(name)}:\n${indent}    specifier: ${range}\n${indent}    version: ${targetOf(undefined, name).version}`,
    )}`;
  return `${block('dependencies', DIRECT)}${indent === '' ? '\n' : ''}${block('devDependencies', DIRECT_DEV)}`;
}

const PNPM_ENVIRONMENT = `lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 11.0.0
        version: 11.0.0

packages:

  pnpm@11.0.0:
    resolution: {integrity: sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==}
    hasBin: true

snapshots:

  pnpm@11.0.0: {}
`;

function pnpm9(): string {
  let text = `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n\nimporters:\n\n  .:\n${inlineSpecifiers('    ')}\npackages:\n`;
  const keyOf = ({ name, version }: Package) => quotedYaml(`${name}@${version}`);
  for (const item of PACKAGES) {
    text += `\n  ${keyOf(item)}:\n    resolution: {integrity: ${integrityOf(item)}}\n`;
    if (item.name === 'native-bits') text += '    cpu: [x64]\n    os: [linux]\n';
    if (item.peers !== undefined) {
      text += `    peerDependencies:\n${lines(item.peers, ([name, range]) => `      ${name}: '${range}'`)}`;
    }
  }
  text += '\nsnapshots:\n';
  for (const item of PACKAGES) {
    const body =
      pnpmBlock('dependencies', item, item.needs) + pnpmBlock('optionalDependencies', item, item.wants);
    const isOptional = item.name === 'native-bits';
    text += `\n  ${keyOf(item)}:${body === '' && !isOptional ? ' {}' : ''}\n${body}${isOptional ? '    optional: true\n' : ''}`;
  }
  return text;
}

function bun(version: number): string {
  const members = (object: Readonly<Record<string, string>>) =>
    `{ ${Object.entries(object)
      .map(([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`)
      .join(', ')} }`;
  const section = (title: string, object: Readonly<Record<string, string>>) =>
    `      "${title}": {\n${lines(object, ([name, range]) => `        "${name}": "${range}",`)}      },\n`;
  let text = `{\n  "lockfileVersion": ${version},\n${version > 0 ? '  "configVersion": 1,\n' : ''}  "workspaces": {\n    "": {\n      "name": "shop",\n`;
  text += `${section('dependencies', DIRECT)}${section('devDependencies', DIRECT_DEV)}    },\n  },\n`;
  if (version === 3) text += '  "overrides": {\n    "color": {\n      "tiny": "2.0.0",\n    },\n  },\n';
  text += '  "packages": {\n';
  const entries = PACKAGES.map((item) => {
    const info = [
      ...(item.needs === undefined ? [] : [`"dependencies": ${members(item.needs)}`]),
      ...(item.wants === undefined ? [] : [`"optionalDependencies": ${members(item.wants)}`]),
      ...(item.peers === undefined ? [] : [`"peerDependencies": ${members(item.peers)}`]),
    ];
    const key = item.inside === undefined ? item.name : `${item.inside}/${item.name}`;
    const inside = info.length === 0 ? '{}' : `{ ${info.join(', ')} }`;
    return `    "${key}": ["${item.name}@${item.version}", "", ${inside}, "${integrityOf(item)}"],\n`;
  });
  return `${text}${entries.join('\n')}  }\n}\n`;
}
