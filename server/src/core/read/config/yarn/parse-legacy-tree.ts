import { type ConfigMap, type ConfigMember, type ConfigTree, membersOf } from '../tree/config-tree.ts';
import { parseYamlTree } from '../tree/parse-yaml-tree.ts';
import { parseClassicTree } from './parse-classic-tree.ts';

/** `LEGACY_REGEXP` of `@yarnpkg/parsers`: after such a header, a text is read in the syntax of Yarn 1's lockfile. */
const HEADER = /^(?:#.*\r?\n)*?#\s+yarn\s+lockfile\s+v1\r?\n/i;

/**
 * Reads a .yarnrc.yml as YAML. With the header of Yarn 1's lockfile it is also read in that syntax, in which Yarn's
 * later parser supports lists as well, and the results of both count. Nobody writes such a file, so the header itself
 * is a problem.
 */
export function parseBerryTree(text: string): ConfigTree {
  const yaml = parseYamlTree(text);
  const header = HEADER.exec(text)?.[0];
  if (header === undefined) return yaml;
  const members = joined(yaml.root?.members ?? [], parseClassicTree(text).members);
  const end = header.trimEnd().length;
  const span = { start: text.lastIndexOf('\n', end - 1) + 1, end };
  const message = 'Yarn reads this file in its old syntax. Delete this comment.';
  return {
    root: { type: 'map', span: { start: 0, end: text.length }, members },
    problems: [{ message, span }],
  };
}

/** Merges the members of both readings; maps present in both are merged recursively. */
function joined(written: readonly ConfigMember[], classic: readonly ConfigMember[]): readonly ConfigMember[] {
  const own = membersOf(mapOf(written));
  const others = new Map(membersOf(mapOf(classic)).map((member) => [member.key, member]));
  const kept = own.map((member): ConfigMember => {
    const other = others.get(member.key);
    others.delete(member.key);
    if (other?.value?.type !== 'map' || member.value?.type === 'list') return member;
    if (member.value?.type !== 'map') return other;
    return {
      ...other,
      value: { ...other.value, members: joined(member.value.members, other.value.members) },
    };
  });
  return [...kept, ...others.values()];
}

function mapOf(members: readonly ConfigMember[]): ConfigMap {
  return { type: 'map', span: { start: 0, end: 0 }, members };
}
