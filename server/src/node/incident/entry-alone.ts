/** What a part of a lockfile is, by its text alone. */
export type PartAlone =
  /** A line of an entry that says what its package depends on. */
  | { readonly type: 'dependency' }
  /** A whole entry, with the text of a lockfile that has no other. */
  | { readonly type: 'entry'; readonly lockfile: string };

const [NEW_LINE, SPACE, OPEN_BRACE, CLOSE_BRACE] = [0x0a, 0x20, 0x7b, 0x7d] as const;

/** Checks whether a text ends as tools end it, and was not cut. */
export function isEnded(text: Buffer): boolean {
  let last = text.length - 1;
  const isLine = text[last] === NEW_LINE;
  while (last > 0 && text[last]! <= SPACE) last--;
  return text[0] === OPEN_BRACE ? text[last] === CLOSE_BRACE : isLine;
}

const VERSION = /[\d.]+$/;
const JSON_KEY = /^"((?:[^"\\])*)": *(?=[[{])/;
/** A line with the key of an entry, as tools write it. */
const YARN_KEY = /^(?:"[^"\\\n]*"|[^\s"'#:{}[\]&*!|>%?][^"'#{}\n]*):\r?\n(?: |$)/;
const PNPM_KEY = /^ {2}'?\/?(?:@[\w.~-]+\/)?[\w.~-]+[@/]\d[^'\s:]*'?:\r?\n {4}/;
/** What only packages from elsewhere have. */
const PNPM_ELSEWHERE = /\n {4}(?:name|version|id):/;
const YARN_DEPENDENCY = /^ {4}"?(?:@[\w.~-]+\/)?[\w.~-]+"?:? "?(?:npm:)?[\w.+-]+"?\r?\n\s*$/;
const PNPM_DEPENDENCY =
  /^ {6}'?(?:@[\w.~-]+\/)?[\w.~-]+'?:(?: [\w.+-]+|\r?\n {8}specifier: [^\r\n]*\r?\n {8}version: [^\r\n]*)\r?\n\s*$/;

/**
 * Returns what a part of a lockfile is. Undefined if it may mean something else where it is, or be no whole entry.
 * @param format the file's name and what its text says of the format
 */
export function partAlone(format: string, part: string): PartAlone | undefined {
  const [version] = VERSION.exec(format) ?? [];
  if (version === undefined) return undefined;
  const entry = (lockfile: string): PartAlone => ({ type: 'entry', lockfile });
  if (format.startsWith('yarn.lock')) {
    if (YARN_DEPENDENCY.test(part)) return { type: 'dependency' };
    if (!YARN_KEY.test(part)) return undefined;
    return entry(
      format.includes('__metadata')
        ? `__metadata:\n  version: ${version}\n\n${part}`
        : `# yarn lockfile v${version}\n\n\n${part}`,
    );
  }
  if (format.startsWith('pnpm-lock')) {
    if (PNPM_DEPENDENCY.test(part)) return { type: 'dependency' };
    // Snapshots have the same keys, and no address of a tarball.
    if (!PNPM_KEY.test(part) || PNPM_ELSEWHERE.test(part) || !/\n {4}resolution:/.test(part))
      return undefined;
    const declared = version.startsWith('5') ? 'specifiers: {}' : 'importers:\n\n  .: {}';
    const key = part.slice(0, part.search(/\r?\n/));
    const used = version.startsWith('9') ? `\n\nsnapshots:\n\n${key} {}\n` : '';
    return entry(`lockfileVersion: '${version}'\n\n${declared}\n\npackages:\n\n${part}${used}`);
  }
  const key = JSON_KEY.exec(part);
  if (key === null) return undefined;
  const isList = part[key[0].length] === '[';
  const inside = (member: string, more = '') =>
    entry(`{\n"lockfileVersion": ${version},\n${more}"${member}": {\n${part}\n}\n}\n`);
  if (format.startsWith('bun.lock'))
    return isList ? inside('packages', '"workspaces": { "": {} },\n') : undefined;
  if (isList) return undefined;
  if (version === '1') return part.includes('"version"') ? inside('dependencies') : undefined;
  return /(?:^|\/)node_modules\//.test(key[1]!) ? inside('packages') : undefined;
}
