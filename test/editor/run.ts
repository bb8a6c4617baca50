import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWorkbench } from './browser.ts';
import { type BundledSuite, bundleSuite } from './bundle-suite.ts';
import { addLanguage } from './display-language.ts';
import { ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { artifactsRoot, repositoryRoot } from './paths.ts';
import type { PersonContext, PersonModule, PersonTest } from './person.ts';
import {
  describeResult,
  parseSuiteLines,
  RUN_NAMES,
  type RunName,
  runTest,
  type TestResult,
} from './results.ts';
import { type Editor, startEditor } from './server.ts';
import { inWebHost, offlineNpm, plainTyping, quietSettings } from './settings.ts';
import { copyWorkspace, temporaryFolder } from './workspace-copy.ts';

export interface EditorTestOptions {
  /** The extension under test, built. */
  readonly extension?: string;
  /** The folder of which each test gets a copy. */
  readonly fixture?: string;
  readonly runs?: readonly RunName[];
  /** Only tests whose name contains this text run. */
  readonly only?: string;
  /** Only the suites run, and the files of `person/` that are marked for it; not in the web extension host. */
  readonly isShort?: boolean;
  /** Take pictures in each theme, as {@link PersonContext.allThemes} says. */
  readonly allThemes?: boolean;
  readonly log?: (line: string) => void;
}

/**
 * Runs all tests in a real VS Code: those of `suite/` inside its extension host, those of `person/` with mouse and
 * keyboard. A missing editor is a failure, as a test run that tests nothing must not pass. `npm test` runs a short part of
 * them (`--short`), `npm run test:long` all, in each theme.
 */
export async function runEditorTests(options: EditorTestOptions = {}): Promise<TestResult[]> {
  const log = options.log ?? console.log;
  const results: TestResult[] = [];
  const add = (result: TestResult) => {
    results.push(result);
    log(describeResult(result));
  };
  const session = {
    extension: resolve(options.extension ?? repositoryRoot),
    fixture: resolve(options.fixture ?? join(repositoryRoot, 'test/fixtures/demo')),
    only: options.only ?? '',
    isShort: options.isShort ?? false,
    allThemes: options.allThemes ?? false,
    deadline: Date.now() + TIME_FOR_ALL,
    add,
  };
  const editor = ensureEditor(log);
  const chromium = ensureChromium(log);
  for (const tool of [editor, chromium]) {
    if ('reason' in tool) add({ name: 'a real VS Code can be had', milliseconds: 0, failure: tool.reason });
  }
  if ('reason' in editor || 'reason' in chromium) return results;

  const persons = await loadPersons();
  session.deadline = Date.now() + TIME_FOR_ALL;
  const browser = await openBrowser(chromium.path);
  try {
    const runs = RUN_NAMES.filter((run) => !session.isShort || !RUNS[run].isWeb);
    for (const run of options.runs ?? runs) {
      log(`VS Code, ${RUNS[run].title}`);
      await oneRun(run, editor.path, browser, persons, session);
    }
  } finally {
    await browser.close();
  }
  return results;
}

interface Run {
  readonly title: string;
  readonly isRestricted: boolean;
  readonly isWeb: boolean;
}

const RUNS: Readonly<Record<RunName, Run>> = {
  trusted: { title: 'trusted folder', isRestricted: false, isWeb: false },
  restricted: { title: 'Restricted Mode', isRestricted: true, isWeb: false },
  web: { title: 'web extension host', isRestricted: false, isWeb: true },
  'web-restricted': { title: 'web extension host in Restricted Mode', isRestricted: true, isWeb: true },
};

/** The limit for all runs together, in milliseconds, without the preceding installs. */
const TIME_FOR_ALL = 2_400_000;

interface Session {
  readonly extension: string;
  readonly fixture: string;
  readonly only: string;
  readonly isShort: boolean;
  readonly allThemes: boolean;
  readonly deadline: number;
  readonly add: (result: TestResult) => void;
}

async function oneRun(
  run: RunName,
  editorPath: string,
  browser: Browser,
  persons: readonly PersonTest[],
  session: Session,
): Promise<void> {
  const { isRestricted, isWeb } = RUNS[run];
  const workspace = copyWorkspace(session.fixture);
  const suite = await bundleSuite(run, workspace, session.only);
  const home = temporaryFolder('dependency-hygiene-home');
  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(join(import.meta.dirname, 'virtual-files'), serverDataDir);
  addLanguage('de', serverDataDir);
  const editor = await startEditor({
    editor: editorPath,
    workspaceTrust: isRestricted,
    serverDataDir,
    userSettings: { ...quietSettings('light'), ...plainTyping, ...(isWeb ? inWebHost : {}) },
    // Tests reach nothing outside this machine. The setting has machine scope, so it is read only from here. In the
    // web extension host the browser sends requests, and it reaches nothing but loopback.
    machineSettings: { 'dependencyHygiene.online': isWeb },
    // A home without anyone's npm configuration.
    env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), ...offlineNpm },
  });
  try {
    // The suite writes its results to the disk.
    if (!isWeb) await runSuite(suite, workspace, browser, editor, session);
    const chosen = persons.filter(
      ({ runs, name, inShort }) =>
        runs.includes(run) && name.includes(session.only) && (inShort || !session.isShort),
    );
    for (const file of new Set(chosen.map((person) => person.file))) {
      const sitting = chosen.filter((person) => person.file === file);
      await runSitting(sitting, run, suite.artifacts, browser, editor, session);
    }
  } finally {
    copyFileSync(editor.log.path, join(suite.artifacts, 'server.log'));
    await editor.stop();
  }
}

/** Opens a page whose extension host runs the suite, and reports its results as they arrive. */
async function runSuite(
  suite: BundledSuite,
  workspace: string,
  browser: Browser,
  editor: Editor,
  session: Session,
): Promise<void> {
  const page = await openWorkbench(
    browser,
    editor.url(workspace, [
      ['extensionDevelopmentPath', editor.remoteUri(session.extension)],
      ['extensionTestsPath', editor.remoteUri(suite.entry)],
    ]),
  );
  try {
    let reported = 0;
    for (;;) {
      const { results, done } = parseSuiteLines(readFileSync(suite.resultsFile, 'utf8'));
      for (const result of results.slice(reported)) session.add(result);
      reported = results.length;
      if (done) return;
      if (Date.now() > session.deadline) {
        await keepScreenshot(page, join(suite.artifacts, 'suite-did-not-end.png'));
        const failure = `no end within ${TIME_FOR_ALL / 1000} s\n${editor.log.tail(15)}`;
        session.add({ name: 'the suite comes to an end', milliseconds: TIME_FOR_ALL, failure });
        return;
      }
      await delay(50);
    }
  } finally {
    await page.context().close();
  }
}

/** Runs the tests of one file of `person/` on one page; after a failure the next one gets a new page and folder. */
async function runSitting(
  persons: readonly PersonTest[],
  run: RunName,
  artifacts: string,
  browser: Browser,
  editor: Editor,
  session: Session,
): Promise<void> {
  let context: PersonContext | undefined;
  const close = async () => {
    const open = context;
    context = undefined;
    await open?.page.context().close();
  };
  for (const { name, body } of persons) {
    const timer = setTimeout(() => void close(), Math.max(0, session.deadline - Date.now()));
    const result = await runTest(name, async () => {
      if (Date.now() > session.deadline - 1000) {
        throw new Error(`not started: the ${TIME_FOR_ALL / 1000} s for all tests are over`);
      }
      if (context === undefined) {
        const workspace = copyWorkspace(session.fixture);
        const payload = [['extensionDevelopmentPath', editor.remoteUri(session.extension)]] as const;
        const page = await openWorkbench(browser, editor.url(workspace, payload));
        context = { page, workspace, artifacts, run, allThemes: session.allThemes };
      }
      await body(context);
    });
    clearTimeout(timer);
    session.add(result);
    if (result.failure !== undefined && context !== undefined) {
      const slug = name.replaceAll(/[^a-z0-9]+/gi, '-');
      await keepScreenshot(context.page, join(artifacts, `${slug}-failed.png`));
      await close();
    }
  }
  await close();
}

/** Returns all tests of `person/*.ts`, each an exported function, by file and within it by name. */
async function loadPersons(): Promise<PersonTest[]> {
  const tests: PersonTest[] = [];
  for (const file of globSync('person/*.ts', { cwd: import.meta.dirname }).sort()) {
    const module = (await import(`./${file}`)) as PersonModule;
    const { runs = ['trusted'], inShort = false, ...bodies } = module;
    for (const [name, body] of Object.entries(bodies)) {
      tests.push({ file, name: describeIn(name), body: body as PersonTest['body'], runs, inShort });
    }
  }
  return tests;
}

/** Splits a camel-case name into words: `typingShowsSquiggle` becomes "typing shows squiggle". */
function describeIn(name: string): string {
  return name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

async function keepScreenshot(page: Page, path: string): Promise<void> {
  // The page may be gone already; the test has failed with a reason of its own.
  await page.screenshot({ path, timeout: 5000 }).catch(() => {});
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string' },
      fixture: { type: 'string' },
      run: { type: 'string', multiple: true },
      only: { type: 'string' },
      short: { type: 'boolean' },
      themes: { type: 'boolean' },
    },
  });
  const { run: runs, short: isShort = false, themes: allThemes = false, ...rest } = values;
  const results = await runEditorTests({
    ...rest,
    isShort,
    allThemes,
    ...(runs === undefined ? {} : { runs: runs as RunName[] }),
  });
  const failures = results.filter((result) => result.failure !== undefined);
  mkdirSync(artifactsRoot, { recursive: true });
  writeFileSync(join(artifactsRoot, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const failed = failures.length;
  if (failed > 0) {
    // Long output is often cut in the middle, so they stand at the end once more.
    for (const failure of failures) console.log(describeResult(failure));
    if (existsSync(artifactsRoot)) console.log('Screenshots and logs: test/.artifacts/editor');
  }
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
}
