import { namesOfPath } from '../../read/lockfile/bun/package-path.ts';
import { edgeSpan } from '../../read/lockfile/model/lock-place.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { LockfileKind } from '../../read/manager/model/files.ts';
import type { Span } from '../../read/text/span.ts';

/** One line of an outline, with its children. Their spans lie within its own, and do not overlap. */
export interface OutlineItem {
  readonly kind: 'section' | 'importer' | 'package' | 'dependency';
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  /** Within the span. */
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/**
 * The maximum number of packages and importers listed. Editors request an outline again after each edit and render all
 * of it, and a longer one is of no use.
 */
export const MOST_LISTED = 5000;

/** Returns the importers with their declarations, and the packages with their versions, in text order. */
export function outline(lockfile: Lockfile): readonly OutlineItem[] {
  const importers = [...lockfile.importers].map(([path, entry]) => importerOf(path, entry));
  const all = [
    ...importers.filter((item) => item !== undefined),
    ...[...lockfile.entries, ...lockfile.links].map((entry) => new PackageItem(entry, lockfile.format)),
  ].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const items = nested(all.slice(0, MOST_LISTED));
  const first = all[MOST_LISTED];
  const sections = specOfLockfile(lockfile.format).lockfile.sections;
  const listed = sections === undefined ? items : inSections(items, sections);
  if (first === undefined) return listed;
  return [...listed, moreItem(all.length - MOST_LISTED, first.span)];
}

interface Flat extends OutlineItem {
  readonly children: OutlineItem[];
}

/** A package of the outline; its texts are created lazily. */
class PackageItem implements Flat {
  readonly kind = 'package';
  readonly span: Span;
  readonly children: OutlineItem[] = [];
  readonly #entry: LockEntry;
  readonly #format: LockfileKind;

  constructor(entry: LockEntry, format: LockfileKind) {
    this.#entry = entry;
    this.#format = format;
    this.span = entry.span;
  }

  get name(): string {
    return nonEmpty(this.#entry.alias ?? this.#entry.name);
  }

  /** Returns `1.2.3`; for an alias `target 1.2.3`; for a copy of one dependent `1.2.3 for a`. */
  get detail(): string {
    const { alias, name, version, source } = this.#entry;
    const target = alias === undefined ? '' : `${name} `;
    const dependent = dependentOf(this.#entry.key, this.#format);
    return `${target}${version?.value ?? source}${dependent === undefined ? '' : ` for ${dependent}`}`;
  }

  get selection(): Span {
    return this.#entry.keySpan;
  }
}

/**
 * Returns the package whose folder contains the package: `a` for `node_modules/a/node_modules/b`, and for Bun's `a/b`.
 */
function dependentOf(key: string, format: LockfileKind): string | undefined {
  if (specOfLockfile(format).lockfile.nestsNames) {
    const parents = namesOfPath(key)?.slice(0, -1) ?? [];
    return parents.length === 0 ? undefined : parents.at(-1);
  }
  const at = key.lastIndexOf('/node_modules/');
  if (at === -1) return undefined;
  const folder = key.slice(0, at);
  const parent = folder.lastIndexOf('node_modules/');
  return parent === -1 ? folder : folder.slice(parent + 'node_modules/'.length);
}

/** Returns undefined for a project without a place of its own: the only one of a pnpm lockfile without declarations. */
function importerOf(path: string, entry: LockEntry): Flat | undefined {
  const children = entry.edges.map((edge): OutlineItem => {
    const { name, nameSpan, specifier } = edge;
    return {
      kind: 'dependency',
      name: nonEmpty(name),
      detail: specifier.value,
      span: edgeSpan(edge),
      selection: nameSpan,
      children: [],
    };
  });
  children.sort((a, b) => a.span.start - b.span.start);
  const [first] = children;
  // The only project of an older pnpm lockfile is the whole document, including packages.
  const hasKey = entry.keySpan.end > entry.keySpan.start;
  if (!hasKey && first === undefined) return undefined;
  const span = hasKey ? entry.span : { start: first!.span.start, end: endOf(children) };
  return {
    kind: 'importer',
    name: path === '' ? '(root)' : path,
    detail: entry.name,
    span,
    selection: hasKey ? entry.keySpan : first!.selection,
    children,
  };
}

function endOf(items: readonly OutlineItem[]): number {
  return items.reduce((end, { span }) => Math.max(end, span.end), 0);
}

/** Nests items by span, as npm 6 nests packages. */
function nested(items: readonly Flat[]): readonly OutlineItem[] {
  const top: OutlineItem[] = [];
  const open: Flat[] = [];
  for (const item of items) {
    while (open.length > 0 && open.at(-1)!.span.end < item.span.end) open.pop();
    const parent = open.at(-1);
    (parent === undefined ? top : parent.children).push(item);
    if (item.kind === 'package') open.push(item);
  }
  return top;
}

/** Turns each run of importers or packages into a section; a file with two documents has some sections twice. */
function inSections(
  items: readonly OutlineItem[],
  names: Readonly<Record<'importer' | 'package', string>>,
): readonly OutlineItem[] {
  const sections: OutlineItem[] = [];
  for (let from = 0; from < items.length; ) {
    const kind = items[from]!.kind === 'importer' ? 'importer' : 'package';
    let to = from;
    while (to < items.length && (items[to]!.kind === 'importer' ? 'importer' : 'package') === kind) to++;
    const children = items.slice(from, to);
    const span = { start: children[0]!.span.start, end: endOf(children) };
    const selection = children[0]!.selection;
    sections.push({
      kind: 'section',
      name: names[kind],
      detail: String(children.length),
      span,
      selection,
      children,
    });
    from = to;
  }
  return sections;
}

function moreItem(count: number, { start }: Span): OutlineItem {
  const span = { start, end: start };
  const name = `… and ${count} more`;
  return { kind: 'section', name, detail: 'not listed', span, selection: span, children: [] };
}

/** The protocol does not allow empty names. */
function nonEmpty(name: string): string {
  return name.trim() === '' ? '(no name)' : name;
}
