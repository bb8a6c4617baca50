import { CAPABILITY_NAMES, describeNew } from '../../know/capabilities/describe.ts';
import type { DependencyMap, Packument, PackumentVersion } from '../../know/registry/documents/packument.ts';
import { formatAge, formatDay } from '../../read/text/words/dates.ts';
import { namesAndMore, plural } from '../../read/text/words/words.ts';
import { describeRegistry } from '../features/describe-registry.ts';
import { describeChange } from '../features/hover/describe-change.ts';
import { publishedLines, releaseLine } from '../features/hover/describe-publish.ts';
import { describeScript } from '../features/hover/describe-script.ts';
import { formatSize } from '../features/hover/describe-size.ts';
import { type CheckId, type Judgement, judgementOf, type VerifyCheck, verifyChecks } from './checks.ts';
import type { ChosenVersion } from './choose-version.ts';
import type { VerifiedPackage } from './verified-package.ts';

/** One line of a card. For a check, the result precedes the texts. All plain, untrusted text. */
export interface VerifyLine {
  readonly label: string;
  readonly texts: readonly string[];
  readonly result?: VerifyCheck['result'];
}

/** The contents of a `verify` card as plain data, rendered by shells. Nothing in it is escaped. */
export interface VerifyCard {
  /** `left-pad 1.3.0 (locked)` */
  readonly title: string;
  readonly description: string | undefined;
  readonly lines: readonly VerifyLine[];
  readonly notChecked: readonly { readonly what: string; readonly why: string }[];
  readonly judgement: Judgement;
  /** The judgement as a sentence. */
  readonly conclusion: string;
}

/** Puts all results into words, including problems, and explains what is unknown. */
export function verifyCard(found: VerifiedPackage): VerifyCard {
  const checks = verifyChecks(found);
  const packument = found.packument.state === 'ready' ? found.packument.value : undefined;
  const version = found.version.state === 'ready' ? found.version.value : undefined;
  const own = (id: CheckId) => checks.filter((check) => check.id === id && check.result !== 'unknown');
  const reported = (label: string, id: CheckId) =>
    own(id).map(({ words, result }): VerifyLine => ({ label, texts: [words], result }));
  const judgement = judgementOf(checks);
  return {
    title: titleOf(found),
    description: packument?.description,
    lines: [
      ...reported('Name', 'name'),
      ...reported('Package', 'registry'),
      ...reported('Advisories', 'advisories'),
      line('Registry', describeRegistry(found.registry)),
      ...(version?.deprecated === undefined ? [] : [line('Deprecated', version.deprecated)]),
      ...(packument === undefined ? [] : packageLines(packument, found)),
      ...(version === undefined ? [] : versionLines(version, found)),
      ...reported('Signature', 'signature'),
      ...reported('Provenance', 'attestations'),
      ...reported('File', 'tarball'),
      ...reported('Code', 'code'),
      ...codeLines(found),
      ...reported('Lockfile', 'lockfile'),
      ...changedLines(found),
    ],
    notChecked: checks
      .filter(({ result }) => result === 'unknown')
      .map(({ id, words }) => ({ what: WHAT[id], why: words })),
    judgement,
    conclusion: CONCLUSIONS[judgement],
  };
}

const WHAT: Readonly<Record<CheckId, string>> = {
  name: 'name',
  registry: 'registry metadata',
  advisories: 'advisories',
  signature: 'registry signature',
  attestations: 'provenance',
  tarball: 'tarball',
  code: 'code',
  lockfile: 'lockfile',
};

const CONCLUSIONS: Readonly<Record<Judgement, string>> = {
  right: 'All checks that could run passed. This does not prove that the code is safe.',
  wrong: 'Something is wrong. Do not install it before you know why.',
  doubtful: 'Something is doubtful. Make sure that this is the package you mean.',
  incomplete: 'Not everything could be checked.',
};

const CHOSEN: Readonly<Record<ChosenVersion['because'], string>> = {
  asked: '',
  tag: ' (by its tag)',
  range: ' (the latest in the range)',
  locked: ' (locked)',
  latest: ' (latest)',
};

function titleOf({ name, asked, chosen }: VerifiedPackage): string {
  if (chosen === undefined) return asked === undefined ? name : `${name}@${asked}`;
  return `${name} ${chosen.version}${CHOSEN[chosen.because]}`;
}

function packageLines(
  packument: Packument,
  { chosen, downloads, now }: VerifiedPackage,
): readonly VerifyLine[] {
  const people = packument.maintainers;
  return [
    ...publishedLines(packument, chosen?.version, now),
    ...(packument.created === undefined
      ? []
      : [line('First release', `${formatDay(packument.created)} (${formatAge(packument.created, now)})`)]),
    line('Maintainers', people === undefined ? UNTOLD : listed(people.map(({ name }) => name))),
    releaseLine(packument, downloads, now),
  ];
}

const UNTOLD = 'not provided by this registry';

function versionLines(
  version: PackumentVersion,
  { tarball, scripts }: VerifiedPackage,
): readonly VerifyLine[] {
  const { license, unpackedSize, fileCount, dependencies, optionalDependencies, peerDependencies } = version;
  const sizes = [
    tarball.type === 'hashed' ? `${formatSize(tarball.size)} to download` : undefined,
    unpackedSize === undefined ? undefined : `${formatSize(unpackedSize)} unpacked`,
    fileCount === undefined ? undefined : plural(fileCount, 'file'),
  ].filter((part) => part !== undefined);
  const needs = [
    describeDependency(dependencies, ''),
    describeDependency(optionalDependencies, 'optional: '),
    describeDependency(peerDependencies, 'peers: '),
  ].filter((part) => part !== undefined);
  return [
    line('License', license ?? UNTOLD),
    line('Size', sizes.length === 0 ? UNTOLD : sizes.join(', ')),
    line('Scripts', describeScript({ locked: undefined, verdict: scripts }, version)),
    { label: 'Needs', texts: needs.length === 0 ? ['no other package'] : needs },
  ];
}

function describeDependency(dependencies: DependencyMap, kind: string): string | undefined {
  if (dependencies.size === 0) return undefined;
  return `${kind}${listed([...dependencies].map(([name, range]) => `${name} ${range}`))}`;
}

function codeLines({ code }: VerifiedPackage): readonly VerifyLine[] {
  if (code === undefined) return [];
  const { record, since } = code;
  const uses = [...new Set(record.entries.map(({ capability }) => CAPABILITY_NAMES[capability]))];
  return [
    line('Code uses', uses.length === 0 ? 'no network, processes, files or dynamic code' : listed(uses)),
    ...(since === undefined
      ? []
      : [{ label: `New since ${since.version}`, texts: describeNew(since.found) }]),
  ];
}

function changedLines({ changes }: VerifiedPackage): readonly VerifyLine[] {
  if (changes === undefined) return [];
  const texts = describeChange(changes);
  return [
    { label: `Since ${changes.from.version}`, texts: texts.length === 0 ? ['no relevant changes'] : texts },
  ];
}

const MOST = 12;

function listed(texts: readonly string[]): string {
  return namesAndMore(texts, MOST);
}

function line(label: string, text: string): VerifyLine {
  return { label, texts: [text] };
}
