import {
  type KeyStyle,
  keyOfReference,
  packageKeyOf,
} from '../../server/src/core/read/lockfile/pnpm/pnpm-keys.ts';
import { closureOf } from './closure.ts';
import type { Random } from './random.ts';

/**
 * Returns a pnpm-lock.yaml with a few packages of this one; the entries are its own lines. Of two documents the
 * first is kept.
 */
export function cutPnpm(text: string, random: Random): string {
  const documents = text.split(/^---\n/m);
  const main = documents.at(-1)!;
  const version = /^lockfileVersion: (.*)$/m.exec(main)![1]!;
  const style: KeyStyle = version.startsWith('5') ? 5 : version.includes('6') ? 6 : 9;
  const packages = blocksOf(main, 'packages');
  const graph = style === 9 ? blocksOf(main, 'snapshots') : packages;
  const needs = (key: string) => needsOf(graph.get(key)!, style).filter((needed) => graph.has(needed));
  const size = (key: string) => graph.get(key)!.length + (style === 9 ? 150 : 0);
  const kept = closureOf([...graph.keys()], needs, size, random);
  const keptPackages = new Set([...kept].map((key) => (style === 9 ? packageKeyOf(key) : key)));
  const section = (title: string, blocks: ReadonlyMap<string, string>, keys: ReadonlySet<string>) => {
    const texts = [...blocks].filter(([key]) => keys.has(key)).map(([, block]) => `\n${block}`);
    return texts.length === 0 ? '' : `\n${title}:\n${texts.join('')}`;
  };
  const head = style === 9 ? '\nimporters:\n\n  .: {}\n' : style === 5 ? '\nspecifiers: {}\n' : '';
  const cut = `lockfileVersion: ${version}\n${head}${section('packages', packages, keptPackages)}${style === 9 ? section('snapshots', graph, kept) : ''}`;
  const before = documents.length > 1 ? `${documents.slice(0, -1).join('---\n')}---\n` : '';
  return before.length < 20_000 ? before + cut : cut;
}

/** Returns the members of a section by key, each as its lines. */
function blocksOf(text: string, section: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  const start = text.indexOf(`\n${section}:\n`) + 1;
  let key = '';
  for (const line of text.slice(start).split('\n').slice(1)) {
    if (line !== '' && !line.startsWith('  ')) break;
    if (/^ {2}\S/.test(line))
      key = unquoted(
        line
          .trim()
          .replace(/:(?: \{\})?$/, '')
          .replace(/^\? /, ''),
      );
    if (line !== '') blocks.set(key, `${blocks.get(key) ?? ''}${line}\n`);
  }
  return blocks;
}

function needsOf(block: string, style: KeyStyle): readonly string[] {
  const needed: string[] = [];
  let isDependencies = false;
  for (const line of block.split('\n')) {
    if (/^ {4}\S/.test(line)) isDependencies = /^ {4}(?:optionalD|d)ependencies:$/.test(line);
    const member = isDependencies ? /^ {6}(\S+): (\S+)$/.exec(line) : null;
    if (member !== null) needed.push(keyOfReference(unquoted(member[1]!), unquoted(member[2]!), style));
  }
  return needed;
}

function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1) : word;
}
