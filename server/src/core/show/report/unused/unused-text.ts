import { visibleName } from '../../../read/lockfile/model/shown-text.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { type UnusedFinding, type UnusedKind, type UnusedReport, unusedCoverage } from './unused-report.ts';

const WORDS: Readonly<Record<UnusedKind, string>> = {
  unused: 'unused',
  missing: 'not declared',
  'development-only': 'only for development',
  'published-development': 'published, but a development dependency',
};

/** Formats the findings by manifest, then what was searched and what was not; with a trailing newline. */
export function unusedText(
  report: UnusedReport,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const paint = colour ? COLOURED : PLAIN;
  const { findings, manifests } = report;
  const lines: string[] = [];
  const wide = Math.max(0, ...findings.map(({ line }) => String(line).length));
  for (const path of new Set(findings.map((finding) => finding.path))) {
    lines.push(paint.strong(visibleText(path)));
    for (const finding of findings.filter((each) => each.path === path)) {
      const [first = '', ...more] = hanging(' '.repeat(wide + 4), describe(finding), columns);
      const place = `  ${String(finding.line).padStart(wide)}  `;
      lines.push(paint.faint(place) + first.slice(place.length), ...more);
    }
    lines.push('');
  }
  lines.push(...wrap(summary(report), columns));
  for (const { subject, detail } of unusedCoverage(report).gaps)
    lines.push(...hanging('Not checked: ', visibleText(`${subject}: ${detail}.`), columns));
  const unknown = manifests.filter(({ arePeersKnown }) => !arePeersKnown).map(({ path }) => path);
  if (unknown.length > 0) lines.push(...hanging('Unknown: ', visibleText(peersUnknown(unknown)), columns));
  if (manifests.length === 0) lines.push('No manifest was searched.');
  return `${lines.join('\n')}\n`;
}

/** Formats `lodash: unused`, `rimraf: not declared, in scripts/clean.js:1`. */
function describe({ package: name, kind, seen }: UnusedFinding): string {
  const where = seen === undefined ? '' : `, in ${seen.path}:${seen.line}`;
  return visibleText(`${visibleName(name)}: ${WORDS[kind]}${where}`);
}

function peersUnknown(paths: readonly string[]): string {
  const where = namesAndMore(paths, MOST_PATHS);
  return `whether other packages need what is unused in ${where} as a peer. Install, then run this again.`;
}

/** More would hide the rest. */
const MOST_PATHS = 3;

function summary(report: UnusedReport): string {
  const { findings, manifests } = report;
  const files = (kind: 'code' | 'configuration') =>
    // The files of a member are among those of the manifests above it.
    Math.max(0, ...manifests.map((manifest) => manifest[kind]));
  const searched = `searched ${plural(files('code'), 'source file')} and ${plural(files('configuration'), 'configuration file')} for ${plural(manifests.length, 'manifest')}`;
  const isWhole = unusedCoverage(report).state === 'checked';
  if (findings.length === 0)
    return `${isWhole ? 'Nothing is unused or missing' : 'Incomplete'}: ${searched}.`;
  const count = (kind: UnusedKind) => findings.filter((finding) => finding.kind === kind).length;
  const parts = [
    `${count('unused')} unused`,
    `${count('missing')} not declared`,
    `${count('development-only') + count('published-development')} in the wrong section`,
  ];
  return `${parts.join(', ')}: ${searched}.`;
}
