import type { SyntaxNode } from '../../../read/source/syntax.ts';
import { readShell } from '../../scripts/run-code.ts';
import type { Called } from '../value/called.ts';
import { commandTexts, inputReader, sendsInput } from '../value/command-texts.ts';
import { Label } from '../value/labels.ts';
import { bindingOf, type CallPlace, MOST_VALUES } from '../value/scope.ts';
import { exactText, GAP, UNKNOWN, type Value } from '../value/value.ts';
import type { Found } from './found.ts';
import { readCommand, readForeign } from './read-command.ts';
import { readSent } from './read-sent.ts';

/** Reads a call that starts a program. */
export function readProcess(call: CallPlace, { args }: Called, ref: string, found: Found): void {
  const at = call.node.start ?? 0;
  const isLoaded = call.scope.fn.isLoaded === true;
  found.add('processes', ref === 'process.binding' ? 'process.binding' : 'commands', at);
  if (isLoaded) found.sign('processes-at-start', at, true);
  const first = args[0] ?? UNKNOWN;
  const commands = first.labels | (args[1]?.list?.reduce((all, one) => all | one.labels, 0) ?? 0);
  const isShell =
    /\.exec(?:Sync)?$|^mod:(?:shelljs|node-cmd)/.test(ref) || isShellProgram(first) || givesCode(args[1]);
  if (isShell && commands & Label.remote && !isFilledIn(first))
    found.sign('starts-remote-command', at, isLoaded);
  if (commands & Label.decoded) found.sign('starts-decoded-command', at, isLoaded);
  if (isShell && first.labels & Label.request) found.sign('starts-requested-command', at, isLoaded);
  if (isShell && first.labels & Label.request && (first.text ?? GAP) === GAP)
    found.sign('requested-shell', at, isLoaded);
  if (isShell && first.labels & Label.captured) found.sign('starts-captured-command', at, isLoaded);
  // Data in the command of a downloader.
  const options = args.at(-1)?.members;
  const place = {
    at,
    isLoaded,
    isDetached: options?.get('detached')?.number === 1,
    isTemporary:
      (first.labels & (Label.temporary | Label.home)) !== 0 &&
      exactText(args[1]?.list?.[0] ?? UNKNOWN) !== '--version',
    isHidden: exactText(options?.get('stdio') ?? UNKNOWN) === 'ignore',
  };
  const unloaded = unloadedCommands(call, found);
  const input = options?.get('input')?.labels ?? 0;
  if (options?.has('input') === true) {
    const program = inputReader(args);
    if (program !== undefined) readInput(options.get('input'), program, { at, isLoaded }, found);
  }
  readCodeArgs(args, { at, isLoaded }, found);
  for (const command of commandTexts(args)) {
    if (sendsInput(command)) readSent(commands | input, at, isLoaded, found);
    else if (/\b(?:nslookup|ping|dig|host)\b/.test(command)) readSent(commands, at, isLoaded, found);
    readCommand(command, unloaded.has(command) ? { ...place, isLoaded: false } : place, found);
  }
}

/** Returns the commands that a function gets from calls alone that do not happen when the file is loaded. */
function unloadedCommands({ node, scope }: CallPlace, { evaluator }: Found): ReadonlySet<string> {
  const found = new Set<string>();
  const [first] = node.type === 'CallExpression' ? (node.arguments as SyntaxNode[]) : [];
  if (first?.type !== 'Identifier') return found;
  const { writes = [], fn } = bindingOf(first, scope) ?? {};
  if (fn?.node === undefined || writes.length < 2) return found;
  for (const isLoaded of [false, true])
    for (const write of writes.slice(0, MOST_VALUES)) {
      if (write.scope.fn.isLoaded !== isLoaded) continue;
      const { text } = evaluator.value(write.node, write.scope);
      if (text === undefined) continue;
      if (isLoaded) found.delete(text);
      else found.add(text);
    }
  return found;
}

export const INTERPRETER_INPUT = /^mod:child_process\.interpreter\(\)\.stdin\.(?:write|end)$/;

/** Reads what an interpreter gets on its input, which it runs. */
export function readInput(
  input: Value | undefined,
  program: string | undefined,
  { at, isLoaded }: { readonly at: number; readonly isLoaded: boolean },
  found: Found,
): void {
  if (input === undefined) return;
  if (input.labels & Label.remote) found.sign('starts-remote-command', at, isLoaded);
  if (input.labels & (Label.decoded | Label.reversed)) found.sign('starts-decoded-command', at, isLoaded);
  if (input.labels & Label.asset) found.sign('runs-data-file', at, isLoaded);
  const text = input.text?.slice(0, LONGEST_INPUT);
  if (text === undefined) return;
  if (program === undefined || /^(?:node|bun|deno)$/.test(program)) found.code(text, at, isLoaded);
  if (!readForeign(text, at, isLoaded, found) && (program === undefined || /sh$/.test(program)))
    readCommand(text, { at, isLoaded, isDetached: false, isTemporary: false, isHidden: false }, found);
}

const LONGEST_INPUT = 40_000;

/** Reads the code of JavaScript that is an argument of a runtime. */
function readCodeArgs(
  args: readonly Value[],
  { at, isLoaded }: { readonly at: number; readonly isLoaded: boolean },
  found: Found,
): void {
  const list = args[1]?.list ?? [];
  const flag = list.findIndex(({ text }) => /^(?:-e|-p|-pe|--eval|--print)$/.test(text ?? ''));
  if (flag !== -1) found.code(list[flag + 1]?.text, at, isLoaded);
  const command = args[0]?.text;
  if (command === undefined || !/\s-(?:e|p|-eval)\s/.test(command)) return;
  for (const { program, code } of readShell(command).inline)
    if (/^(?:node|bun|deno)$/.test(program)) found.code(code, at, isLoaded);
}

/** Checks for arguments by which a program runs a text. */
function givesCode(args: Value | undefined): boolean {
  return args?.list?.some(({ text }) => /^(?:-e|-c|-p|--eval|-Command)$/.test(text ?? '')) === true;
}

/** Checks for a command of its own with gaps for arguments, such as `git tag …`. */
function isFilledIn({ text = GAP }: Value): boolean {
  return (
    text.includes(GAP) &&
    !/^[\s"']*(?:…|\S*(?:sh|cmd|powershell|pwsh|start|nohup|sudo|node|python3?|osascript|eval)\b)/i.test(text)
  );
}

function isShellProgram({ text }: Value): boolean {
  return /^(?:\/bin\/|\/usr\/bin\/)?(?:ba|z|da)?sh$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/.test(text ?? '');
}
