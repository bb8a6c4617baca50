import { groupBy } from '../../../read/text/group-by.ts';
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

/** What the texts say beside the projects. */
export interface PrivacyNotes {
  readonly unread: readonly UnreadFile[];
  /** The user's own files that hold a credential and that other users of the machine can read. */
  readonly openToOthers: readonly Uri[];
  readonly home: Uri | undefined;
}

export interface PrivacyTextOptions {
  /** Paths are relative to it. */
  readonly root: Uri;
  readonly columns: number;
}

/** Lockfiles have too many names to read them all. */
export const MOST_LOCKED = 40;

/** Formats what would be sent where, by project, for people; ends with what sends it, and that nothing was sent now. */
export function privacyText(
  projects: readonly ProjectPrivacy[],
  notes: PrivacyNotes,
  options: PrivacyTextOptions,
): string {
  const { root, columns } = options;
  const gaps = describeNotes(notes, root).map((note) => visibleText(note));
  const sections = [
    ...projects.map((project) => projectLines(project, options)),
    ...(gaps.length === 0 ? [] : [gaps.flatMap((gap) => wrap(gap, columns))]),
    wrap(NOTHING_SENT, columns),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Says that this list sent nothing, and what sends. */
export const NOTHING_SENT =
  'This list was made without a request. An editor asks when you hover over or edit a dependency, when a rule needs data, and every few ' +
  'hours if watching is on. Only these names and their versions leave the project. Registries are also asked for their ' +
  'signing keys, and Sigstore for its own if provenance is verified, without any name.';

/** Lists files that were not read, and credentials that others can read. */
export function describeNotes({ unread, openToOthers, home }: PrivacyNotes, root: Uri): readonly string[] {
  return [
    ...unread.map((file) => describeUnread(file, root)),
    ...openToOthers.map((uri) => {
      const path = pathInHome(uri, home);
      const advice = /^[\w~./-]+$/.test(path) ? `Run: chmod 600 ${path}` : 'Set its permissions to 600.';
      return `Other users of this machine can read ${path}, which holds a credential. ${advice}`;
    }),
  ];
}

/** Returns the path of a user's file, with `~` for the home directory. */
export function pathInHome(uri: Uri, home: Uri | undefined): string {
  if (home !== undefined && isWithin(home, uri)) return `~/${relativeUri(home, uri)}`;
  return `/${relativeUri('file:///', uri)}`;
}

function describeUnread({ uri, reason }: UnreadFile, root: Uri): string {
  const why = reason === undefined ? '' : ` (${asClause(reason)})`;
  return `Not read: ${relativeUri(root, uri)}${why}; its names may be missing from this list.`;
}

/** Names the services beside registries that names are sent to. */
export function describeHelpers({ statistics, osv }: ProjectPrivacy): readonly string[] {
  const sent = (address: string, which: string, names: readonly string[]) =>
    `Sent to ${hostOf(address)}, which ${which}: ${plural(names.length, 'name')} of the public registry, as above`;
  return [
    ...(statistics === undefined ? [] : [sent(statistics.address, 'counts downloads', statistics.names)]),
    ...(osv === undefined ? [] : [sent(osv.address, 'knows advisories', osv.names)]),
  ];
}

function projectLines(project: ProjectPrivacy, options: PrivacyTextOptions): readonly string[] {
  const { root: own, manager, destinations, kept } = project;
  const { root, columns } = options;
  const path = relativeUri(root, own);
  const lines = [visibleText(`${path === '' ? nameOf(own) : path} (${manager})`)];
  for (const destination of destinations) lines.push('', ...destinationLines(destination, options));
  for (const text of describeHelpers(project)) lines.push('', ...indented(visibleText(text), '  ', columns));
  if (destinations.length === 0) lines.push('', '  No name is sent to anybody.');
  if (kept.length > 0) lines.push('', '  Never sent', ...keptLines(kept, options));
  return lines;
}

/** Names a registry, and what configured it. */
export function describeDestination({ address, kind, because }: PrivacyDestination): string {
  const what = { public: ', the public npm registry', mirror: ', a mirror of the public one', private: '' };
  return `Sent to ${hostOf(address)}${what[kind]} (${because})`;
}

function destinationLines(
  destination: PrivacyDestination,
  { columns }: PrivacyTextOptions,
): readonly string[] {
  const { declared, locked } = destination;
  const head = describeDestination(destination);
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

/** Names that are never sent for one reason. */
export interface KeptGroup {
  readonly reason: string;
  readonly names: readonly string[];
  /** Names that a line of a file decides, with the line. */
  readonly placed: readonly string[];
}

/** Groups names by reason. */
export function keptGroups(kept: readonly KeptName[], root: Uri): readonly KeptGroup[] {
  return [...groupBy(kept, ({ detail }) => detail)].map(([detail, all]) => ({
    reason: detail.replace(/^it is /, ''),
    names: all.filter(({ decidedAt }) => decidedAt === undefined).map(({ name }) => name),
    placed: all.flatMap(({ name, decidedAt }) => {
      if (decidedAt === undefined) return [];
      const { uri, line } = decidedAt;
      const file = isWithin(root, uri) ? relativeUri(root, uri) : nameOf(uri);
      return [`${name}  (${file}${line === undefined ? '' : ` line ${line}`})`];
    }),
  }));
}

function keptLines(kept: readonly KeptName[], { root, columns }: PrivacyTextOptions): readonly string[] {
  return keptGroups(kept, root).flatMap(({ reason, names, placed }) => {
    const rest = names.length - MOST_LOCKED;
    const more = rest > 0 ? ` and ${rest} more (all with --format json)` : '';
    const text = visibleText(`${names.slice(0, MOST_LOCKED).join(', ')}${more}`);
    return [
      ...wrap(visibleText(`${reason}:`), columns - 4).map((line) => `    ${line}`),
      ...placed.flatMap((one) => indented(visibleText(one), '      ', columns)),
      ...(names.length > 0 ? indented(text, '      ', columns) : []),
    ];
  });
}

/** Wraps with a deeper indent after the first line. */
function indented(text: string, indent: string, columns: number): readonly string[] {
  return wrap(text, columns - indent.length - 2).map((line, at) => indent + (at === 0 ? '' : '  ') + line);
}

function hostOf(address: string): string {
  const parsed = parseWebUrl(address);
  return parsed === undefined ? address : hostAndPort(parsed);
}
