/**
 * Changes a lockfile after its package manager wrote it: minimist downloads wrappy, tslib comes from another host, and
 * inherits has lost its hash. The same three in every format, each as far as the format can express it.
 */
export function tamper(folder: string, text: string): string {
  switch (folder) {
    case 'npm':
      return tamperNpm(text);
    case 'yarn-classic':
      return tamperClassic(text);
    case 'yarn-berry':
      return tamperBerry(text);
    case 'pnpm':
      return tamperPnpm(text);
    case 'bun':
      return tamperBun(text);
    default:
      throw new Error(`nothing is known of ${folder}`);
  }
}

const REGISTRY = 'https://registry.example.test/';
const FOREIGN = 'https://downloads.evil.example.test/';
const WRAPPY = `${REGISTRY}wrappy/-/wrappy-1.0.2.tgz`;
const SHA512 = /sha512-[\w+/]+=*/;

function tamperNpm(text: string): string {
  const lockfile = JSON.parse(text) as {
    packages: Record<string, { resolved?: string; integrity?: string }>;
  };
  const entry = (name: string) => lockfile.packages[`node_modules/${name}`]!;
  Object.assign(entry('minimist'), { resolved: WRAPPY, integrity: entry('wrappy').integrity });
  entry('tslib').resolved = entry('tslib').resolved!.replace(REGISTRY, FOREIGN);
  delete entry('inherits').integrity;
  return `${JSON.stringify(lockfile, undefined, 2)}\n`;
}

function tamperClassic(text: string): string {
  const [, address = '', integrity = ''] = /resolved "(.*wrappy-.*)"\n {2}integrity (.*)/.exec(text) ?? [];
  return inBlocks(text, [
    [
      'minimist@^1.2.8:',
      (block) => block.replace(/resolved ".*"/, `resolved "${address}"`).replace(SHA512, integrity),
    ],
    ['tslib@2.6.3, tslib@~2.6.0:', (block) => block.replace(REGISTRY, FOREIGN)],
    ['inherits@^2.0.4:', (block) => block.replace(/#[\da-f]{40}/, '').replace(/\n {2}integrity .*/, '')],
  ]);
}

function tamperBerry(text: string): string {
  const withAddress = (block: string, address: string) =>
    block.replace(/(resolution: ".*)"/, `$1::__archiveUrl=${encodeURIComponent(address)}"`);
  return inBlocks(text, [
    ['"minimist@npm:^1.2.8', (block) => withAddress(block, WRAPPY)],
    ['"tslib@npm:2.6.3', (block) => withAddress(block, `${FOREIGN}tslib/-/tslib-2.6.3.tgz`)],
    ['"inherits@npm:^2.0.4"', (block) => block.replace(/\n {2}checksum: .*/, '')],
  ]);
}

function tamperPnpm(text: string): string {
  const [integrity = ''] = SHA512.exec(text.slice(text.indexOf('  wrappy@1.0.2:\n'))) ?? [];
  return inBlocks(text, [
    [
      '  minimist@1.2.8:\n    resolution:',
      (block) => block.replace(/\{.*\}/, `{integrity: ${integrity}, tarball: ${WRAPPY}}`),
    ],
    [
      '  tslib@2.6.3:\n    resolution:',
      (block) => block.replace('}', `, tarball: ${FOREIGN}tslib/-/tslib-2.6.3.tgz}`),
    ],
    [
      '  inherits@2.0.4:\n    resolution:',
      (block) => block.replace(/\{.*\}/, `{tarball: ${REGISTRY}inherits/-/inherits-2.0.4.tgz}`),
    ],
  ]);
}

function tamperBun(text: string): string {
  const [integrity = ''] = SHA512.exec(text.slice(text.indexOf('["wrappy@1.0.2"'))) ?? [];
  return inBlocks(text, [
    ['    "minimist": [', (block) => block.replace(/"https[^"]*"/, `"${WRAPPY}"`).replace(SHA512, integrity)],
    ['    "tslib": [', (block) => block.replace(REGISTRY, FOREIGN)],
    ['    "inherits": [', (block) => block.replace(SHA512, '')],
  ]);
}

/** Changes those blocks between blank lines that begin with given texts; each must exist once and change. */
function inBlocks(
  text: string,
  changes: readonly (readonly [start: string, change: (block: string) => string])[],
): string {
  const blocks = text.split('\n\n');
  for (const [start, change] of changes) {
    const places = [...blocks.keys()].filter((at) => blocks[at]!.trimStart().startsWith(start.trimStart()));
    const place = places[0];
    if (place === undefined || places.length > 1)
      throw new Error(`"${start}" begins ${places.length} entries`);
    const changed = change(blocks[place]!);
    if (changed === blocks[place]) throw new Error(`nothing of "${start}" was altered`);
    blocks[place] = changed;
  }
  return blocks.join('\n\n');
}
