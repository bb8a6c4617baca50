import { parseSource } from '../../../read/source/parse-source.ts';
import type { ESTree, SyntaxNode, SyntaxProgram } from '../../../read/source/syntax.ts';
import type { Evidence, SignHit } from '../capability.ts';
import { isOwnHost } from '../effects/hosts.ts';
import { isPlatformPart, isRelative, isSibling } from '../source-files.ts';
import { createEvaluator, type Evaluator } from '../value/evaluate.ts';
import { readExports } from '../value/exports.ts';
import type { SourceModule } from '../value/files.ts';
import { isLoader } from '../value/refs.ts';
import type { FunctionFacts } from '../value/scope.ts';
import { readScopes } from '../value/scopes.ts';
import { exactText, GAP, type Value } from '../value/value.ts';
import type { Found } from './found.ts';
import { linkCalls } from './link-calls.ts';
import { markLoaded } from './mark-loaded.ts';
import { findHidden, isWorthParsing, type TextHit } from './raw-text.ts';
import { readCall } from './read-call.ts';
import { readLoops } from './read-loops.ts';
import { readCopies } from './read-mail.ts';
import { readAssignments, readConditions } from './read-statements.ts';
import { readTexts } from './read-texts.ts';

/** What a file can do, and what it loads. */
export interface SourceFacts {
  readonly evidence: readonly Evidence[];
  readonly signs: readonly SignHit[];
  /** The paths that it loads, relative to it. */
  readonly loads: readonly string[];
  readonly isPartial: boolean;
}

export interface SourceFile {
  readonly program: SyntaxProgram;
  /** What its text hides. */
  readonly hidden: readonly TextHit[];
}

export interface SourceOptions {
  /** The name of the package that the files belong to. */
  readonly ownName: string | undefined;
  /** Checks for the files that people start by name. */
  readonly isProgram: (path: string) => boolean;
}

/**
 * Finds what the files of one program can do by their syntax trees, without running any of them. It keeps on the trees what
 * it found, so each tree is read once.
 */
export function scanSources(
  files: ReadonlyMap<string, SourceFile>,
  { ownName, isProgram }: SourceOptions,
  isRoot = true,
): ReadonlyMap<string, SourceFacts> {
  const functions = new Map<SyntaxNode, FunctionFacts>();
  const modules = new Map<string, SourceModule>();
  for (const [path, { program }] of files) {
    const scoped = readScopes(program, path, functions);
    modules.set(path, { ...scoped, path, exports: readExports(program, scoped) });
  }
  const evaluator = createEvaluator(modules, functions);
  const targets = linkCalls([...modules.values()], evaluator);
  markLoaded(modules.values(), evaluator, targets, isProgram);
  const nested = newNestedCode(isRoot);
  // Paths pass from file to file, and each begins at the folder of its own.
  const depth = Math.max(0, ...[...files.keys()].map((path) => path.split('/').length - 1));
  const facts = new Map<string, SourceFacts>();
  for (const [path, file] of files)
    facts.set(path, readSource(file, modules.get(path)!, evaluator, { ownName, depth }, nested));
  return facts;
}

const ON_OPEN = /\b(?:folderOpen|SessionStart|UserPromptSubmit|PreToolUse|PostToolUse)\b/;
const SHORTEST_CODE = 40;
const LONGEST_CODE = 200_000;
const MOST_NESTED = 1_000_000;

/** Decides which texts are read as code: each once, no more than a limit, and none within them. */
interface NestedCode {
  takes(text: string): boolean;
}

function newNestedCode(isRoot: boolean): NestedCode {
  const known = new Set<string>();
  let size = 0;
  return {
    takes(text) {
      if (!isRoot || text.length < SHORTEST_CODE || text.length > LONGEST_CODE || known.has(text))
        return false;
      known.add(text);
      size += text.length;
      return size < MOST_NESTED;
    },
  };
}

/** Reads a text that is run as code. What in it is not known is a name of its own. */
function readCode(text: string, ownName: string | undefined): SourceFacts | undefined {
  if (!isWorthParsing(text)) return undefined;
  const known = text.replaceAll(GAP, ' _ ');
  for (const one of [known, `(function () {${known}\n})`]) {
    const source = parseSource(one, 'code.js', undefined);
    if (source.type === 'unparsed') continue;
    const files = new Map([['code.js', { program: source.program, hidden: findHidden(one) }]]);
    return scanSources(files, { ownName, isProgram: () => false }, false).get('code.js');
  }
  return undefined;
}

/** The package that a file is in. */
interface Owner {
  readonly ownName: string | undefined;
  /** How many folders its deepest file lies in. */
  readonly depth: number;
}

function readSource(
  { program, hidden }: SourceFile,
  scoped: SourceModule,
  evaluator: Evaluator,
  { ownName, depth }: Owner,
  nested: NestedCode,
): SourceFacts {
  const evidence = new Map<string, Evidence>();
  const signs = new Map<string, SignHit>();
  let isOnOpen: boolean | undefined;
  const found: Found = {
    evaluator,
    isObfuscated: hidden.some(({ sign }) => sign === 'obfuscator'),
    get startsOnOpen() {
      isOnOpen ??=
        scoped.literals.some(({ text }) => ON_OPEN.test(text)) ||
        [...scoped.keys].some((key) => ON_OPEN.test(key));
      return isOnOpen;
    },
    add(capability, detail, at) {
      const key = `${capability} ${detail}`;
      if (!evidence.has(key)) evidence.set(key, { capability, detail, at });
    },
    sign(sign, at, isLoaded) {
      const known = signs.get(sign);
      if (known === undefined || (isLoaded && !known.isLoaded)) signs.set(sign, { sign, at, isLoaded });
    },
    code(text, at, isLoaded) {
      if (text === undefined || !nested.takes(text)) return;
      const inner = readCode(text, ownName);
      for (const { capability, detail } of inner?.evidence ?? []) found.add(capability, detail, at);
      for (const { sign } of inner?.signs ?? []) found.sign(sign, at, isLoaded);
    },
    isOwnHost: (host) => isOwnHost(host, ownName),
    isOtherPackage(path) {
      const name = /(?:^|\/)node_modules\/((?:@[\w.-]+\/)?[a-z\d][\w.-]*)/i.exec(path)?.[1];
      return name !== undefined && name !== ownName && !isPlatformPart(name, ownName);
    },
    isSibling: (to) => isSibling(to, depth, ownName),
    downloads: new Set(),
    modulePaths: [],
  };
  const loads = new Set<string>(importsOf(program));
  for (const call of scoped.calls) {
    const called = evaluator.called(call);
    if (isLoader(called.callee.ref)) {
      const path = called.args[0] && exactText(called.args[0]);
      if (path !== undefined && isRelative(path)) loads.add(path);
    }
    readCall(call, called, found);
    if (STARTS_FILES.test(called.callee.ref ?? ''))
      for (const path of startedFiles(called.args)) loads.add(path);
  }
  for (const { path, at, isLoaded } of found.modulePaths)
    if (found.downloads.has(path)) found.sign('runs-remote-code', at, isLoaded);
  readAssignments(scoped, found);
  readConditions(scoped, found);
  readCopies(scoped, found);
  readLoops(scoped, found);
  readTexts(scoped, found);
  return {
    evidence: [...evidence.values()],
    signs: [...signs.values()],
    loads: [...loads],
    isPartial: scoped.isCut,
  };
}

function importsOf(program: SyntaxProgram): readonly string[] {
  const found: string[] = [];
  for (const node of program.body as SyntaxNode[])
    if (
      (node.type === 'ImportDeclaration' ||
        node.type === 'ExportNamedDeclaration' ||
        node.type === 'ExportAllDeclaration') &&
      node.source
    ) {
      const path = String((node.source as ESTree.Literal).value);
      if (isRelative(path)) found.push(path);
    }
  return found;
}

/** Returns the files of the package that a call may start: `fork(path.join(__dirname, 'a.js'))`, `exec('a.bat')`. */
function startedFiles(args: readonly Value[]): readonly string[] {
  const [program, others] = args;
  // Of `spawn(process.execPath, ['setup'])` the program is not known.
  const isUnknown = program?.text === undefined && program?.list === undefined;
  const texts = [program, ...(program?.list ?? []), others, ...(others?.list ?? [])];
  const isRun = (before: string | undefined) => (before === undefined ? isUnknown : RUNS.test(before));
  return texts
    .flatMap((one) => one?.text ?? [])
    .flatMap((text) => (text.length > 400 ? [] : text.split(/[\s"']+/)))
    .filter((word, at, all) => PATH.test(word) && (/[./]/.test(word) || isRun(all[at - 1])))
    .map((word) => (word.startsWith('./') ? word : `./${word}`));
}

const STARTS_FILES = /^(?:mod:(?:child_process|worker_threads)\.|Worker$)/;
const PATH = /^(?:\.\/)?[\w-][\w./-]*$/;
const RUNS = /^(?:node|nodejs|bun|deno|sh|bash)$/;
