import { installScripts, LIFECYCLE } from '../../../judge/changes/install-scripts.ts';
import { describeStarted } from '../../../know/scripts/describe-started.ts';
import { describeSuspicion } from '../../../know/scripts/describe-suspicion.ts';
import { suspiciousScript } from '../../../know/scripts/suspicious-script.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import type { StartedFile } from '../../../read/project/started-code.ts';
import { type Span, touches } from '../../../read/text/span.ts';
import type { HoverCard } from './card.ts';
import { line } from './card-line.ts';

/**
 * Returns the card of a script of package.json that an install runs: its phase, where it runs, and with what rights.
 * Undefined for other scripts, and elsewhere in the file.
 */
export function scriptHover(
  manifest: Manifest,
  offset: number,
  started: readonly StartedFile[] = [],
): { readonly span: Span; readonly card: HoverCard } | undefined {
  for (const [name, { value, span }] of manifest.scripts) {
    const key = keySpanOf(name, span, manifest.text);
    const token = [key, span].find((each) => each !== undefined && touches(each, offset));
    if (token === undefined) continue;
    if (!installScripts(manifest).has(name)) return undefined;
    const files = started.filter(({ script }) => script === name);
    const suspicious = suspiciousScript(value);
    const inFile = files.find((file) => file.suspicious !== undefined);
    return {
      span: token,
      card: {
        name,
        header: [LIFECYCLE.has(name) ? 'lifecycle script' : 'called by a lifecycle script'],
        lines: [
          ...line(
            'Suspicious',
            suspicious === undefined ? describePlace(inFile) : describeSuspicion(suspicious),
          ),
          ...line('File', describeStarted(files)),
          ...line('Phase', PHASES[name] ?? 'with the script that calls it'),
          ...line('Runs', placesOf(name, manifest)),
          ...line('Elsewhere', isOfDependencies(name) && !manifest.private ? ELSEWHERE : undefined),
          ...line('Rights', 'no sandbox: your files, network and environment variables'),
        ],
      },
    };
  }
  return undefined;
}

function describePlace(file: StartedFile | undefined): string | undefined {
  if (file?.suspicious === undefined) return undefined;
  return `${describeSuspicion(file.suspicious)}, in ${file.path}:${file.suspicious.line}`;
}

const PHASES: Readonly<Record<string, string>> = {
  preinstall: 'install, first',
  install: 'install, after preinstall',
  postinstall: 'install, last',
  preprepare: 'after the install scripts, before prepare',
  prepare: 'after the install scripts, and before it is packed or published',
  postprepare: 'after prepare',
  prepublish: 'after the install scripts',
  predependencies: 'after a change of node_modules, before dependencies',
  dependencies: 'after a change of node_modules',
  postdependencies: 'after dependencies',
  'pnpm:devPreinstall': 'before anything is installed',
};

const ELSEWHERE = 'npm 12, pnpm 10, Yarn 4.14 and Bun skip it unless approved; earlier versions run it';

/** Checks for the scripts that run in projects that depend on the package. */
function isOfDependencies(name: string): boolean {
  return name === 'preinstall' || name === 'install' || name === 'postinstall';
}

function placesOf(name: string, { private: isPrivate }: Manifest): string {
  const here = 'on every install of this project';
  if (isPrivate) return here;
  if (isOfDependencies(name)) return `${here}, and of projects that depend on it`;
  return name.endsWith('prepare') ? `${here}, and of projects that depend on it through git` : here;
}

/** Returns the span of the key before a value, with its quotes. */
function keySpanOf(name: string, value: Span, text: string): Span | undefined {
  const key = JSON.stringify(name);
  const start = text.lastIndexOf(key, value.start - 1);
  if (start === -1) return undefined;
  const end = start + key.length;
  return /^\s*:\s*$/.test(text.slice(end, value.start)) ? { start, end } : undefined;
}
