import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { maskTokens, sameLength } from '../../../core/read/text/secrets/mask-secrets.ts';
import { compactReport } from '../../../core/show/report/check/compact-text.ts';
import { githubAnnotations } from '../../../core/show/report/check/formats/github.ts';
import { gitlabReport } from '../../../core/show/report/check/formats/gitlab.ts';
import { inRepository } from '../../../core/show/report/check/formats/in-repository.ts';
import { junitReport } from '../../../core/show/report/check/formats/junit.ts';
import { markdownReport } from '../../../core/show/report/check/formats/markdown.ts';
import { sarifReport } from '../../../core/show/report/check/formats/sarif.ts';
import {
  acceptedOf,
  type JsonEnding,
  type JsonReport,
  jsonOf,
  jsonReport,
} from '../../../core/show/report/check/json.ts';
import type { Report } from '../../../core/show/report/check/report.ts';
import { type TextOptions, textReport } from '../../../core/show/report/check/text.ts';
import { appendToFile } from '../../files/append-to-file.ts';
import { whyNotWritten } from '../../files/file-problem.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { WrongUse } from '../exit-code.ts';
import { repositoryOf } from '../given/given-directory.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { sha256 } from './baseline.ts';

export const FORMATS = [
  ...(['text', 'json', 'compact', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const),
] as const;

export interface WrittenReport {
  readonly report: Report;
  readonly ending: JsonEnding;
  readonly format: (typeof FORMATS)[number];
  /** The file to write the report to, as typed. */
  readonly output: string | undefined;
  readonly text: TextOptions;
  /** The checked directory relative to the repository: see `inRepository`. */
  readonly prefix: string;
}

/**
 * Prints a report, or writes it to a file and prints the text. In a job of GitHub Actions annotations follow the text,
 * and the summary of the job gets the Markdown form. Throws `WrongUse` if a file cannot be written.
 */
export async function writeReport(written: WrittenReport, terminal: Terminal): Promise<void> {
  const { report, ending, format, output, text } = written;
  if (output !== undefined) {
    const plain = { ...text, colour: false, columns: 120 };
    await writeOutput(
      output,
      format === 'text' ? textReport(report, ending, plain) : await rendered(written),
    );
  }
  const printsText = output !== undefined || format === 'text' || format === 'github';
  terminal.out(printsText ? textReport(report, ending, text) : await rendered(written));
  const inActions = process.env.GITHUB_ACTIONS === 'true';
  if (format === 'github' || (printsText && inActions)) {
    const annotations = await rendered({ ...written, format: 'github' });
    if (annotations !== '') terminal.commands(`\n${annotations}`);
  }
  if (inActions) await writeJobSummary(await rendered({ ...written, format: 'markdown' }), terminal);
}

async function rendered({ report, ending, format, text, prefix }: WrittenReport): Promise<string> {
  const { leastShown } = text;
  const json = () => inRepository(jsonOf(report, ending), prefix);
  switch (format) {
    case 'text':
      return textReport(report, ending, text);
    case 'json':
      return jsonReport(report, ending);
    case 'compact':
      return compactReport(report, leastShown);
    case 'sarif':
      return sarifOf(report, json(), prefix);
    case 'github':
      return githubAnnotations(json(), leastShown);
    case 'gitlab':
      return gitlabReport(json(), sha256);
    case 'junit':
      return junitReport(json(), leastShown);
    case 'markdown':
      return markdownReport(json(), leastShown);
  }
}

async function sarifOf(report: Report, json: JsonReport, prefix: string): Promise<string> {
  const all = acceptedOf(report);
  const { findings } = inRepository({ findings: all.map(({ finding }) => finding) }, prefix);
  const accepted = findings.map((finding, at) => ({ finding, reasons: all[at]!.reasons }));
  const ids = new Set([...json.findings, ...findings].map(({ rule }) => rule));
  const { describedRules } = await import('../../../core/show/report/explain/explained-rule.ts');
  return sarifReport(json, { rules: describedRules(ids), version: VERSION, accepted, hash: sha256 });
}

async function writeOutput(typed: string, content: string): Promise<void> {
  try {
    await replaceFile(resolve(typed), maskTokens(content, sameLength));
  } catch (error) {
    throw new WrongUse(`--output ${typed} ${whyNotWritten(error)}; give another file.`);
  }
}

/** Appends to the file that GitHub's runner names. A failure is printed and changes no result. */
async function writeJobSummary(content: string, terminal: Terminal): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path === undefined || !isAbsolute(path)) return;
  try {
    await appendToFile(path, maskTokens(content, sameLength));
  } catch (error) {
    terminal.error(`dephygiene: the summary of the job ${whyNotWritten(error)}; it lacks this report.\n`);
  }
}

/** Returns the path from the repository to a directory in it, with `/` at the end; empty for the repository. */
export async function prefixOf(directory: string): Promise<string> {
  const repository = await realpath(await repositoryOf(directory));
  const path = relative(repository, directory).split(sep).join('/');
  return path === '' ? '' : `${path}/`;
}
