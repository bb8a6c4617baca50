import { CAPABILITY_NAMES, describeSign } from '../../../know/capabilities/describe.ts';
import { describeStarted } from '../../../know/scripts/describe-started.ts';
import { describeSuspicion } from '../../../know/scripts/describe-suspicion.ts';
import { suspiciousScript } from '../../../know/scripts/suspicious-script.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { visibleLines } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { describeVerdict, runsNothing } from '../../features/hover/describe-script.ts';
import { type Markup, markup, type Part } from '../html/markup.ts';
import { placeLink } from '../html/page-links.ts';
import { pageTable, type Section } from '../html/page-parts.ts';
import type { PackagePageInput, ScriptText } from './package-input.ts';

const MOST_DETAILS = 8;
const MOST_GAPS = 10;

/** Shows the scripts that an install runs, with their texts. */
export function packageScripts(input: PackagePageInput): Section {
  const { scripts, known, subject, host } = input;
  const packument = known.packument.state === 'ready' ? known.packument.value : undefined;
  const published = subject && packument?.versions.get(subject.version);
  const commands = scripts.installed ?? [...(published?.installScripts ?? [])];
  const origin = scripts.installed === undefined ? 'the registry' : 'the installed package';
  const started = describeStarted(scripts.started);
  const suspicions = [
    ...commands.flatMap(([, command]) => suspiciousScript(command) ?? []),
    ...scripts.started.flatMap(({ suspicious }) => suspicious ?? []),
  ];
  return {
    id: 'scripts',
    title: 'Install scripts',
    ...(commands.length > 0 ? { count: commands.length } : {}),
    body: markup`<p>${decisionOf(input, commands.length > 0)}</p>${suspicions.map((one) => markup`<p><strong class="error">Suspicious:</strong> ${describeSuspicion(one)}</p>`)}${
      commands.length === 0
        ? undefined
        : pageTable(
            `Scripts that an install runs, by ${origin}`,
            ['Script', { title: 'Command', look: 'wide' }],
            commands.map(([script, command]) => ({ cells: [script, markup`<code>${command}</code>`] })),
            'plain',
          )
    }${started === undefined ? undefined : markup`<p>From the text: ${started}.</p>`}${scripts.texts.map((text, at) => textOf(host, text, at === 0))}`,
  };
}

/** Says whether anything runs, and what the project decided. */
function decisionOf({ scripts, known, subject }: PackagePageInput, hasCommands: boolean): string {
  if (!hasCommands && scripts.installed !== undefined) return 'The installed package runs none.';
  const published =
    known.packument.state === 'ready' && subject !== undefined
      ? known.packument.value.versions.get(subject.version)
      : undefined;
  const isDenied = runsNothing(scripts, published);
  if (hasCommands) {
    if (isDenied)
      return 'The installed package has scripts, although the lockfile or the registry states that it has none.';
    const decision = describeVerdict(scripts.verdict);
    return decision === undefined ? 'No decision is known.' : `Decision: ${decision}.`;
  }
  if (isDenied) return 'None run on install.';
  return published?.hasInstallScript === true || scripts.locked === true
    ? 'It runs a script on install; the text is unknown, as it is not installed.'
    : 'Unknown: neither lockfile nor registry states whether it has any, and it is not installed.';
}

function textOf(
  host: PackagePageInput['host'],
  { path, uri, text, isCut }: ScriptText,
  isOpen: boolean,
): Markup {
  const lines = visibleLines(text.trimEnd()).split('\n');
  return markup`<details${isOpen ? markup` open` : undefined}><summary>${path}</summary><p>${placeLink(host, { uri, line: 0, character: 0 }, `Open ${path}`)}${isCut ? '. Only its beginning is shown.' : undefined}</p><pre tabindex="0" aria-label="${`Text of ${path}`}">${lines.map((line) => markup`${line}\n`)}</pre></details>`;
}

/** Shows what the code of the version can do. */
export function capabilitiesSection({ code, subject, locked }: PackagePageInput): Section {
  const title = 'Capabilities of the code';
  if (code === undefined) {
    const why =
      locked.length === 0
        ? 'it is not locked here'
        : 'it is not installed here, or too large to be read at once';
    return {
      id: 'code',
      title,
      count: 'unknown',
      body: markup`<p>Unknown for ${subject?.version ?? 'it'}: ${why}. "dephygiene inspect" reads it.</p>`,
    };
  }
  const { entries, signs, isSuspicious, score, files, parsed, gaps } = code;
  const byKind = [...groupBy(entries, ({ capability }) => capability)];
  const read = `${plural(files, 'file')} read, ${parsed} parsed`;
  const rows = byKind.map(([capability, own]) => ({
    cells: [
      CAPABILITY_NAMES[capability],
      namesAndMore([...new Set(own.map(({ detail }) => detail))], MOST_DETAILS),
      placeOf(own[0]!),
    ] as readonly Part[],
  }));
  return {
    id: 'code',
    title,
    count: byKind.length,
    body: markup`<p>${
      isSuspicious
        ? markup`<strong class="error">Suspicious:</strong> ${score} points. Read the code at these places before you run it (${read}).`
        : `Not suspicious by its score of ${score} (${read}). This does not prove that the code is safe.`
    }</p>${
      signs.length === 0
        ? undefined
        : pageTable(
            'Signs that count towards the score',
            [{ title: 'Sign', look: 'wide' }, 'First place'],
            signs.map((sign) => ({ cells: [describeSign(sign.sign), placeOf(sign)] })),
            'plain',
          )
    }${
      rows.length === 0
        ? markup`<p>It shows no use of network, processes, files of the user, or dynamic code.</p>`
        : pageTable(
            'What the code uses',
            ['Capability', { title: 'Details', look: 'wide' }, 'First place'],
            rows,
            'plain',
          )
    }${
      gaps.length === 0
        ? undefined
        : markup`<p>Not read: ${namesAndMore(
            gaps.map(({ file, reason }) => `${file} (${reason})`),
            MOST_GAPS,
          )}.</p>`
    }`,
  };
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): Part {
  return markup`<code>${file}:${String(line)}</code>`;
}
