import type { VerifyCheck } from '../../verify/checks.ts';
import { markup, type Part } from '../html/markup.ts';
import { actionButton } from '../html/page-links.ts';
import { pageTable, type Section } from '../html/page-parts.ts';
import type { PackagePageInput } from './package-input.ts';

const MARKS: Readonly<Record<VerifyCheck['result'], string>> = {
  right: 'passed',
  wrong: 'wrong',
  doubtful: 'doubtful',
  none: '',
  unknown: 'not checked',
};

/** Shows the results of a verification, or the button that starts one. */
export function verificationSection({ host, verification }: PackagePageInput): Section {
  const title = 'Verification';
  if (verification === undefined)
    return {
      id: 'verification',
      title,
      count: 'not done',
      body: markup`<p>Queries the registry, downloads the file of the package, and compares it with signatures, provenance and the lockfile. Nothing is installed.</p><p>${actionButton(host, 'verify', 'Verify now')}</p>`,
    };
  const { lines, notChecked, conclusion } = verification;
  const results = lines.filter(({ result }) => result !== undefined);
  const row = (what: string, result: VerifyCheck['result'], texts: readonly string[]) => ({
    cells: [
      what,
      markup`<span class="result ${result}">${MARKS[result]}</span>`,
      texts.map((text) => markup`<span class="line">${text}</span>`),
    ] as readonly Part[],
  });
  return {
    id: 'verification',
    title,
    count: verification.judgement,
    body: markup`<p role="status"><strong>${conclusion}</strong></p>${pageTable(
      'Results of the checks',
      ['Check', 'Result', { title: 'Details', look: 'wide' }],
      [
        ...results.map(({ label, texts, result }) => row(label, result!, texts)),
        ...notChecked.map(({ what, why }) => row(what, 'unknown', [why])),
      ],
      'plain',
    )}<p>${actionButton(host, 'verify', 'Verify again')}</p>`,
  };
}
