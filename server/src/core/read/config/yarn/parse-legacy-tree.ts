import type { ConfigMember, ConfigTree } from '../tree/config-tree.ts';
import { parseYamlTree } from '../tree/parse-yaml-tree.ts';
import { parseClassicTree } from './parse-classic-tree.ts';

/** `LEGACY_REGEXP` of `@yarnpkg/parsers`: behind such a header, a text is read in the syntax of Yarn 1's lockfile. */
const HEADER = /^(?:#.*\r?\n)*?#\s+yarn\s+lockfile\s+v1\r?\n/i;

/**
 * Reads a .yarnrc.yml as YAML, or with the header of Yarn 1's lockfile also in that syntax, of which Yarn's later parser
 * knows lists as well: what either reading gives counts. Nobody writes such a file, so that the header is a problem.
 */
export function parseBerryTree(text: string): ConfigTree {
  const yaml = parseYamlTree(text);
  const header = HEADER.exec(text)?.[0];
  if (header === undefined) return yaml;
  const written = yaml.root?.members ?? [];
  const types = new Map(written.map(({ key, value }) => [key, value?.type]));
  const isMore = ({ key, value }: ConfigMember) =>
    !types.has(key) || (value?.type === 'map' && types.get(key) !== 'list');
  // Of a key that appears twice, the last counts.
  const members = [...written, ...parseClassicTree(text).members.filter(isMore)];
  const end = header.trimEnd().length;
  const span = { start: text.lastIndexOf('\n', end - 1) + 1, end };
  const message = 'Yarn reads this file in its old syntax. Delete this comment.';
  return {
    root: { type: 'map', span: { start: 0, end: text.length }, members },
    problems: [{ message, span }],
  };
}
