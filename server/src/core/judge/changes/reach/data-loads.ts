import type { JsonNode } from '../../../read/text/json/json-node.ts';
import { strictScriptFiles } from '../script-files.ts';
import type { ReachTools } from './reach-tools.ts';

const MOST = 500;
/** No handwritten configuration is longer. */
const LONGEST = 200_000;

/**
 * Returns the paths of code, and of further configuration, that a configuration file names. For tsconfig.json this is
 * what ts-node and transformers load, for deno.json what its tasks run, for a gyp file what its commands run and what
 * it includes, for others each path that starts with a dot.
 */
export function dataLoads(
  path: string,
  text: string,
  tools: Pick<ReachTools, 'parseJsonTree'>,
): readonly string[] {
  if (text.length > LONGEST) return [];
  const found = new Set<string>();
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.gypi?$/.test(name)) gypLoads(text, found);
  else if (/^(?:ts|js)config.*\.json$/.test(name)) {
    const { root } = tools.parseJsonTree(text, { trailingCommas: true });
    for (const node of [
      memberOf(root, 'extends'),
      memberOf(memberOf(root, 'ts-node'), 'require'),
      memberOf(memberOf(root, 'compilerOptions'), 'plugins'),
    ])
      for (const value of stringsIn(node)) if (/^\.{1,2}\//.test(value)) found.add(value);
  } else {
    for (const [, written] of text.matchAll(WRITTEN)) if (found.size < MOST) found.add(written!);
    if (/^deno\.jsonc?$/.test(name))
      for (const line of stringsIn(
        memberOf(tools.parseJsonTree(text, { trailingCommas: true }).root, 'tasks'),
      ))
        for (const file of strictScriptFiles(line)) if (file.kind === 'file') found.add(`./${file.path}`);
  }
  return [...found].slice(0, MOST);
}

const WRITTEN =
  /(?<![^\s"'`[,:=({])(\.{1,2}\/[^\s"'`,\])}*?]{1,300}\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|node|wasm))(?![^\s"'`,\])}])/g;

/** Excludes sources that are only compiled. */
const GYP_FILE = /[\w@./-]{1,120}\.(?:gypi?|[cm]?[jt]s|py|sh|bash|rb|pl|cmd|bat|ps1|exe)(?![\w.-])/g;
const GYP_COMMAND = /<!@?\(([^\n]{1,2000})/g;

function gypLoads(text: string, found: Set<string>): void {
  const plain = text
    .replace(/(^|\n)[ \t]*#[^\n]*/g, '$1')
    // Usually the folder of the file itself.
    .replace(/[<>^]@?\(\w{1,100}\)\/?/g, './');
  for (const [written] of plain.matchAll(GYP_FILE)) {
    const path = written.replace(/^(?:\.\/)+/, '');
    if (!path.startsWith('/') && found.size < MOST) found.add(`./${path}`);
  }
  for (const [, command] of plain.matchAll(GYP_COMMAND)) {
    for (const [, specifier] of command!.matchAll(/\brequire\(\s*\\?["'](\.{1,2}\/[^"'\\)]{1,300})/g))
      found.add(specifier!);
    for (const file of strictScriptFiles(command!.replace(/["']?\)["'],?\s*$/, '')))
      if (file.kind === 'file' && found.size < MOST) found.add(`./${file.path}`);
  }
}

/** Returns the commands in a field of a manifest. */
export function fieldCommands(
  text: string,
  field: string,
  { parseJsonTree }: Pick<ReachTools, 'parseJsonTree'>,
): readonly string[] {
  const found: string[] = [];
  const visit = (node: JsonNode | undefined, depth: number) => {
    if (node?.type !== 'object' || depth > 5) return;
    for (const { key, value } of node.members)
      if (key === 'command' || key === 'commands') found.push(...stringsIn(value));
      else visit(value, depth + 1);
  };
  visit(memberOf(parseJsonTree(text, { trailingCommas: false }).root, field), 0);
  return found.slice(0, MOST);
}

/** Returns all string values, at any depth. */
export function stringsIn(node: JsonNode | undefined, depth = 0): readonly string[] {
  if (node === undefined || depth > 5) return [];
  if (node.type === 'string') return [node.value];
  if (node.type !== 'object' && node.type !== 'array') return [];
  return node.members.flatMap(({ value }) => stringsIn(value, depth + 1));
}

export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.type === 'object' ? node.members.findLast(({ key }) => key === name)?.value : undefined;
}
