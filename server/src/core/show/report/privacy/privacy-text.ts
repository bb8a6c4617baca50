import { isWithin, nameOf, relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { hostAndPort, parseWebUrl } from '../../../read/text/paths/web-url.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import type { KeptName, PrivacyDestination, ProjectPrivacy } from '../../features/privacy/privacy.ts';

/** A file that was not read completely, so that names may be missing. */
export interface UnreadFile {
  readonly uri: Uri;
  readonly reason: string | undefined;
}

export interface PrivacyTextOptions {
  /** Paths are relative to it. */
  readonly root: Uri;
  readonly columns: number;
}

/** Lockfiles have too many names to read them all. */
const MOST_LOCKED = 40;

/** Formats what would be sent where, by project, for people; ends with what sends it, and that nothing was sent now. */
export function privacyText(
  projects: readonly ProjectPrivacy[],
  unread: readonly UnreadFile[],
  options: PrivacyTextOptions,
): string {
  const { root, columns } = options;
  const gaps = unread.map(({ uri, reason }) => {
    const why = reason === undefined ? '' : ` (${asClause(reason)})`;
    return visibleText(`Not read: ${relativeUri(root, uri)}${why}; its names may be missing from this list.`);
  });
  const sections = [
    ...projects.map((project) => projectLines(project, options)),
    ...(gaps.length === 0 ? [] : [gaps.flatMap((gap) => wrap(gap, columns))]),
    wrap(END, columns),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const END =
  'Nothing was sent. An editor asks when you hover over or edit a dependency, when a rule needs data, and every few ' +
  'hours if watching is on. Only these names and their versions leave the project. Registries are also asked for their ' +
  'signing keys, and Sigstore for its own if provenance is verified, without any name.';

function projectLines(
  { root: own, manager, destinations, statistics, osv, kept }: ProjectPrivacy,
  options: PrivacyTextOptions,
): readonly string[] {
  const { root, columns } = options;
  const path = relativeUri(root, own);
  const lines = [visibleText(`${path === '' ? nameOf(own) : path} (${manager})`)];
  for (const destination of destinations) lines.push('', ...destinationLines(destination, options));
  if (statistics !== undefined) {
    const host = hostOf(statistics.address);
    const count = plural(statistics.names.length, 'name');
    const text = `Sent to ${host}, which counts downloads: ${count} of the public registry, as above`;
    lines.push('', ...indented(visibleText(text), '  ', columns));
  }
  if (osv !== undefined) {
    const count = plural(osv.names.length, 'name');
    const text = `Sent to ${hostOf(osv.address)}, which knows advisories: ${count} of the public registry, as above`;
    lines.push('', ...indented(visibleText(text), '  ', columns));
  }
  if (destinations.length === 0) lines.push('', '  No name is sent to anybody.');
  if (kept.length > 0) lines.push('', '  Never sent', ...keptLines(kept, options));
  return lines;
}

function destinationLines(
  { address, kind, because, declared, locked }: PrivacyDestination,
  { columns }: PrivacyTextOptions,
): readonly string[] {
  const what = { public: ', the public npm registry', mirror: ', a mirror of the public one', private: '' };
  const head = `Sent to ${hostOf(address)}${what[kind]} (${because})`;
  const [first, second] = [
    `${plural(declared.length, 'name')} from your files`,
    `${plural(locked.length, 'name')} from the lockfile alone`,
  ];
  return [
    ...indented(visibleText(head), '  ', columns),
    ...(declared.length === 0 ? [] : namesLines(first, declared, declared.length, columns)),
    ...(locked.length === 0 ? [] : namesLines(second, locked, MOST_LOCKED, columns)),
  ];
}

function namesLines(
  label: string,
  names: readonly string[],
  most: number,
  columns: number,
): readonly string[] {
  const rest = names.length - most;
  const more = rest > 0 ? ` and ${rest} more (all with --format json)` : '';
  return indented(visibleText(`${label}: ${names.slice(0, most).join(', ')}${more}`), '    ', columns);
}

/** Groups names by reason; names decided by a line have their own lines. */
function keptLines(kept: readonly KeptName[], { root, columns }: PrivacyTextOptions): readonly string[] {
  const byDetail = new Map<string, KeptName[]>();
  for (const each of kept) byDetail.set(each.detail, [...(byDetail.get(each.detail) ?? []), each]);
  const lines: string[] = [];
  for (const [detail, names] of byDetail) {
    lines.push(
      ...wrap(visibleText(`${detail.replace(/^it is /, '')}:`), columns - 4).map((line) => `    ${line}`),
    );
    const plain = names.filter(({ decidedAt }) => decidedAt === undefined).map(({ name }) => name);
    for (const { name, decidedAt } of names) {
      if (decidedAt === undefined) continue;
      const { uri, line } = decidedAt;
      const file = isWithin(root, uri) ? relativeUri(root, uri) : nameOf(uri);
      const place = `${file}${line === undefined ? '' : ` line ${line}`}`;
      lines.push(...indented(visibleText(`${name}  (${place})`), '      ', columns));
    }
    const rest = plain.length - MOST_LOCKED;
    const more = rest > 0 ? ` and ${rest} more (all with --format json)` : '';
    const text = visibleText(`${plain.slice(0, MOST_LOCKED).join(', ')}${more}`);
    if (plain.length > 0) lines.push(...indented(text, '      ', columns));
  }
  return lines;
}

/** Wraps with a deeper indent after the first line. */
function indented(text: string, indent: string, columns: number): readonly string[] {
  return wrap(text, columns - indent.length - 2).map((line, at) => indent + (at === 0 ? '' : '  ') + line);
}

function hostOf(address: string): string {
  const parsed = parseWebUrl(address);
  return parsed === undefined ? address : hostAndPort(parsed);
}
