import type { ConfigEntry } from '../config/tree/config-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import { readShellScript, SAME, type ScriptCommand } from '../text/shell/read-shell-script.ts';
import type { Located, Span } from '../text/span.ts';
import {
  type Automation,
  type AutomationJob,
  type AutomationStep,
  type ImageUse,
  MAX_AUTOMATION_LENGTH,
  NO_PARTS,
} from './automation.ts';

const MOST_INSTRUCTIONS = 2000;
const MOST_HERE_DOCUMENTS = 20;

/** An instruction, with a NUL in place of every character that joins lines or comments on them. */
interface Instruction {
  readonly name: string;
  readonly span: Span;
  /** What follows the name, with the here-documents. */
  readonly rest: Located<string>;
}

/**
 * Reads a Dockerfile: instructions with continued lines, comments within them, here-documents, the directive `escape`, and
 * stages. Never throws.
 */
export function readDockerfile(uri: Uri, text: string): Automation {
  const isLong = text.length > MAX_AUTOMATION_LENGTH;
  const problems: ParseProblem[] = isLong
    ? [
        {
          message: 'It is too long to be read as a whole.',
          span: { start: MAX_AUTOMATION_LENGTH, end: text.length },
        },
      ]
    : [];
  const instructions = instructionsIn(text.slice(0, MAX_AUTOMATION_LENGTH));
  if (instructions.length === MOST_INSTRUCTIONS) {
    const { end } = instructions.at(-1)!.span;
    problems.push({
      message: 'It has too many instructions to be read as a whole.',
      span: { start: end, end },
    });
  }
  const jobs: AutomationJob[] = [];
  const images: ImageUse[] = [];
  const stages = new Set<string>();
  let steps: AutomationStep[] = [];
  let env: ConfigEntry[] = [];
  let isElsewhere = false;
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') {
      const { image, stage } = readFrom(instruction);
      if (image === undefined) continue;
      steps = [];
      env = [];
      isElsewhere = false;
      const name = image;
      jobs.push({
        alias: stage,
        name,
        env,
        permissions: undefined,
        hasMatrix: false,
        hasEnvironment: false,
        condition: '',
        steps,
      });
      if (!stages.has(image.value.toLowerCase())) images.push({ image, place: 'from' });
      if (stage !== undefined) stages.add(stage.toLowerCase());
      continue;
    }
    if (instruction.name === 'ENV' || instruction.name === 'ARG') env.push(...variablesIn(instruction));
    else if (copiesFromBelow(instruction)) isElsewhere = true;
    steps.push(readStep(instruction, isElsewhere));
  }
  return { kind: 'automation', ...NO_PARTS, system: 'docker', uri, text, problems, jobs, images };
}

function instructionsIn(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const continuation = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\';
  for (let at = 0; at < text.length && found.length < MOST_INSTRUCTIONS; ) {
    const end = lineEnd(text, at);
    const head = /^[ \t]*([A-Za-z]+)(?:[ \t]+|(?=\\|$))/.exec(text.slice(at, end));
    if (head === null) {
      at = end + 1;
      continue;
    }
    const start = at + head[0].length - head[0].trimStart().length;
    const from = at + head[0].length;
    const { value, end: last } = joined(text, from, continuation);
    found.push({
      name: head[1]!.toUpperCase(),
      span: { start, end: last },
      rest: { value, span: { start: from, end: from + value.length } },
    });
    at = last + 1;
  }
  return found;
}

/** Joins continued lines, and adds the here-documents that they begin. */
function joined(
  text: string,
  from: number,
  continuation: string,
): { readonly value: string; readonly end: number } {
  let value = '';
  let at = from;
  let isContinued = true;
  while (isContinued && at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const isComment = at !== from && /^\s*(?:#|$)/.test(line);
    const tail = isComment ? null : /[\\`][ \t\r]*$/.exec(line);
    isContinued = isComment || tail?.[0].startsWith(continuation) === true;
    if (isComment) value += '\0'.repeat(line.length + 1);
    else if (isContinued) value += line.slice(0, tail!.index) + '\0'.repeat(line.length - tail!.index + 1);
    else value += line;
    at = end + 1;
  }
  let end = Math.min(at - 1, text.length);
  for (const [, word] of [...value.matchAll(/<<-?["']?(\w+)["']?/g)].slice(0, MOST_HERE_DOCUMENTS)) {
    value += '\n';
    for (let next = end + 1; next < text.length; ) {
      const stop = lineEnd(text, next);
      const line = text.slice(next, stop);
      value += `${line}\n`;
      end = stop;
      next = stop + 1;
      if (line.trim() === word) break;
    }
    value = value.slice(0, -1);
  }
  return { value, end: Math.min(end, text.length) };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function wordsOf({ value, span }: Located<string>): readonly Located<string>[] {
  return [...value.matchAll(/[^\s\0]+/g)].map((match) => ({
    value: match[0],
    span: { start: span.start + match.index, end: span.start + match.index + match[0].length },
  }));
}

function readFrom({ rest }: Instruction): {
  readonly image: Located<string> | undefined;
  readonly stage: string | undefined;
} {
  const words = wordsOf(rest).filter(({ value }) => !value.startsWith('--'));
  const stage = words[1]?.value.toLowerCase() === 'as' ? words[2]?.value : undefined;
  return { image: words[0], stage };
}

/** Returns the names of `ENV A=b` and `ARG A`, with the values that they are given. */
function variablesIn({ rest }: Instruction): readonly ConfigEntry[] {
  const words = wordsOf(rest);
  const isOld = words[0] !== undefined && !words[0].value.includes('=') && words.length > 1;
  return (isOld ? words.slice(0, 1) : words).flatMap((word): readonly ConfigEntry[] => {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/.exec(word.value) ?? [];
    if (name === undefined) return [];
    const given = isOld ? words[1]!.value : value;
    const key = { value: name, span: { start: word.span.start, end: word.span.start + name.length } };
    if (given === undefined) return [{ key, value: undefined }];
    const span = isOld ? words[1]!.span : { start: key.span.end + 1, end: word.span.end };
    return [{ key, value: { type: 'scalar', span, value: given, text: given } }];
  });
}

/** Checks for a manifest or lockfile that is copied from a folder below that of the build. */
function copiesFromBelow({ name, rest }: Instruction): boolean {
  if (name !== 'COPY' && name !== 'ADD') return false;
  const words = wordsOf(rest).filter(({ value }) => !value.startsWith('--'));
  return words
    .slice(0, -1)
    .some(({ value }) => /^(?!\.\/[^/]*$).*\/(?:package|pnpm-|yarn|bun)[^/]*$/.test(value));
}

function readStep({ name, span, rest }: Instruction, isElsewhere: boolean): AutomationStep {
  return {
    ...{ name: '', span, uses: undefined, with: [], env: [], condition: '', ignoresFailure: undefined },
    ...{ isElsewhere, script: rest, instruction: name },
    commands: name === 'RUN' ? commandsOf(rest) : [],
  };
}

function commandsOf({ value, span }: Located<string>): readonly ScriptCommand[] {
  const flags = /^(?:--[\w-]+(?:=\S*)?[\s\0]+)*/.exec(value)![0].length;
  const command = value.slice(flags);
  const start = span.start + flags;
  if (/^\s*\[/.test(command)) return execForm(command, start);
  const here = /^<<-?["']?(\w+)["']?[ \t]*\r?\n/.exec(command);
  const body = here === null ? command : command.slice(here[0].length);
  const offset = start + (here?.[0].length ?? 0);
  // The line that ends a here-document is no command.
  const script = here === null ? body : body.replace(new RegExp(`\\n?[ \\t]*${here[1]}\\s*$`), '');
  return readShellScript(script).map(({ words, after }) => ({
    after,
    words: words.map((word) => ({
      ...word,
      span: { start: word.span.start + offset, end: word.span.end + offset },
    })),
  }));
}

/** Reads `["npm", "ci"]`; the words of `["sh", "-c", "npm ci"]` are those of its script. */
function execForm(command: string, start: number): readonly ScriptCommand[] {
  const words = [...command.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([whole, text = ''], _, __) => ({
    whole,
    text: text.replace(/\\(.)/g, '$1'),
  }));
  let from = 0;
  const located = words.map(({ whole, text }) => {
    const index = command.indexOf(whole, from);
    from = index + whole.length;
    return { text, span: { start: start + index, end: start + from }, isVariable: false };
  });
  const [shell, flag, script] = located;
  if (shell === undefined) return [];
  if (!/(?:^|\/)(?:ba)?sh$/.test(shell.text) || !/^-\w*c$/.test(flag?.text ?? '') || script === undefined)
    return [{ words: located, after: undefined }];
  const inside = command.slice(script.span.start - start + 1, script.span.end - start - 1);
  return readShellScript(inside.replace(/\\(.)/g, `$1${SAME}`)).map(({ words, after }) => ({
    after,
    words: words.map((word) => ({
      ...word,
      span: { start: word.span.start + script.span.start + 1, end: word.span.end + script.span.start + 1 },
    })),
  }));
}
