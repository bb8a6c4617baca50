import type { Family } from './managers.ts';

/** A change of an entry; null removes the member, and undefined members stay. */
export interface EntryChange {
  /** The download URL of the package. */
  readonly url?: string | null;
  /** The hash of the download; for Yarn 2 and later the `checksum`. */
  readonly integrity?: string | null;
}

/**
 * Returns the text of a lockfile with the entry of a registry package changed, in the form that its manager reads.
 * Everything else stays as it is.
 */
export function editEntry(family: Family, text: string, name: string, change: EntryChange): string {
  const edited = EDITORS[family](text, name, change);
  if (edited === text) throw new Error(`nothing to change at ${name}:\n${text}`);
  return edited;
}

type Editor = (text: string, name: string, change: EntryChange) => string;

const EDITORS: Readonly<Record<Family, Editor>> = {
  npm: editNpm,
  pnpm: editPnpm,
  'yarn-classic': editYarnClassic,
  'yarn-berry': editYarnBerry,
  bun: editBun,
};

type NpmEntry = Record<string, unknown>;

export interface NpmLockfile {
  readonly packages?: Record<string, NpmEntry>;
  readonly dependencies?: Record<string, NpmEntry>;
}

/** Changes the entries of a package in a package-lock.json of any version with a function. */
export function editNpmEntries(text: string, name: string, edit: (entry: NpmEntry) => void): string {
  return editJson<NpmLockfile>(text, ({ packages, dependencies }) => {
    for (const entry of [packages?.[`node_modules/${name}`], dependencies?.[name]]) {
      if (entry !== undefined) edit(entry);
    }
  });
}

/** Changes a JSON text in npm's format, with an indentation of two. */
export function editJson<Value>(text: string, edit: (value: Value) => void): string {
  const value = JSON.parse(text) as Value;
  edit(value);
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function editNpm(text: string, name: string, { url, integrity }: EntryChange): string {
  return editNpmEntries(text, name, (entry) => {
    if (url !== undefined) assign(entry, 'resolved', url);
    if (integrity !== undefined) assign(entry, 'integrity', integrity);
  });
}

function assign(entry: NpmEntry, member: string, value: string | null): void {
  if (value === null) delete entry[member];
  else entry[member] = value;
}

function editPnpm(text: string, name: string, { url, integrity }: EntryChange): string {
  const pattern = new RegExp(
    `^( {2}'?${literal(name)}@[^\\n]*:\\n {4}resolution: )\\{integrity: ([^,}]+)\\}`,
    'm',
  );
  return text.replace(pattern, (_whole, before: string, now: string) => {
    const hash = integrity === undefined ? now : integrity;
    const members = [
      ...(hash === null ? [] : [`integrity: ${hash}`]),
      ...(url === undefined || url === null ? [] : [`tarball: ${yamlScalar(url)}`]),
    ];
    return `${before}{${members.join(', ')}}`;
  });
}

/** Returns a plain scalar if possible, or else one in double quotes. */
export function yamlScalar(text: string): string {
  return /^[\w@./:%~-]+$/.test(text) ? text : JSON.stringify(text);
}

function editYarnClassic(text: string, name: string, { url, integrity }: EntryChange): string {
  return editBlock(text, new RegExp(`^"?${literal(name)}@`, 'm'), (block) => {
    let edited = block;
    if (url !== undefined) {
      const line = url === null ? '' : `  resolved ${JSON.stringify(url)}\n`;
      edited = edited.replace(/^ {2}resolved .*\n/m, () => line);
    }
    if (integrity !== undefined) {
      const value = integrity !== null && /\s/.test(integrity) ? JSON.stringify(integrity) : integrity;
      edited = edited.replace(/^ {2}integrity .*\n/m, () => (value === null ? '' : `  integrity ${value}\n`));
    }
    return edited;
  });
}

function editYarnBerry(text: string, name: string, { url, integrity }: EntryChange): string {
  return editBlock(text, new RegExp(`^"?${literal(name)}@npm:`, 'm'), (block) => {
    let edited = block;
    if (url !== undefined && url !== null) {
      const binding = `::__archiveUrl=${encodeURIComponent(url)}`;
      edited = edited.replace(
        /^( {2}resolution: "[^"]+)"/m,
        (_whole, before: string) => `${before}${binding}"`,
      );
    }
    if (integrity !== undefined) {
      const line = integrity === null ? '' : `  checksum: ${integrity}\n`;
      edited = edited.replace(/^ {2}checksum: .*\n/m, () => line);
    }
    return edited;
  });
}

/** Changes the block of an entry, from its key's line to the next empty line. */
export function editBlock(text: string, key: RegExp, edit: (block: string) => string): string {
  const start = text.search(key);
  if (start < 0) throw new Error(`no entry ${key}`);
  const end = text.indexOf('\n\n', start);
  const stop = end < 0 ? text.length : end + 1;
  return text.slice(0, start) + edit(text.slice(start, stop)) + text.slice(stop);
}

function editBun(text: string, name: string, { url, integrity }: EntryChange): string {
  return editBunTuple(text, name, (tuple) => {
    if (url !== undefined) tuple[1] = url ?? '';
    if (integrity !== undefined) tuple[3] = integrity ?? '';
  });
}

/** Changes the tuple of a package in a bun.lock. */
export function editBunTuple(text: string, key: string, edit: (tuple: unknown[]) => void): string {
  const pattern = new RegExp(`^( {4}${literal(JSON.stringify(key))}: )(\\[.*\\]),$`, 'm');
  return text.replace(pattern, (_whole, before: string, value: string) => {
    const tuple = JSON.parse(value) as unknown[];
    edit(tuple);
    return `${before}[${tuple.map((one) => JSON.stringify(one)).join(', ')}],`;
  });
}

/** Escapes a text for use in a pattern. */
function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
