import { compileGlob } from '../text/paths/glob.ts';
import { isWithin, relativeUri, type Uri } from '../text/paths/uri.ts';
import type { Project } from './project.ts';

/** Default globs of files that are meant to be read or copied, and that the project does not run. */
export const DEFAULT_FIXTURES: readonly string[] = [
  '**/{fixture,fixtures,.fixtures,__fixtures__,test-fixtures,__testfixtures__}/**',
  '**/{__tests__,__mocks__,testdata,test-data}/**',
  '**/{test,tests}/**/{mock,mocks,mock-*,mock_*}/**',
  '**/{example,examples,template,templates,boilerplate,boilerplates}/**',
  '**/{benchmark,benchmarks,bench}/**',
  '**/{template-*,*-examples,*-example}/**',
];

/** The same for files with code: tests and benchmarks import for themselves. */
export const CODE_FIXTURES: readonly string[] = [
  '**/{fixture,fixtures,.fixtures,__fixtures__,test-fixtures,__testfixtures__}/**',
  '**/{__mocks__,testdata,test-data}/**',
  '**/{example,examples,template,templates}/**',
  '**/{template-*,*-examples,*-example}/**',
];

type Placed = Pick<Project, 'policy' | 'policyBase' | 'checkedFolder'>;
type IsFixture = (uri: Uri) => boolean;

/** By the list of globs, which is the same object while the configuration does not change. */
const known = new WeakMap<readonly string[], Map<string, IsFixture>>();

/** Of the last question: nearly all questions in a row are about one project. */
let last:
  | {
      readonly globs: readonly string[];
      readonly base: Uri;
      readonly checkedFolder: Uri;
      readonly isFixture: IsFixture;
    }
  | undefined;

/**
 * Checks whether a file is a fixture, an example, a template or a benchmark. The checked folder itself never is, and
 * its content is only because of a folder below it.
 */
export function isFixtureFile({ policy, policyBase, checkedFolder }: Placed, uri: Uri): boolean {
  if (checkedFolder === undefined) return false;
  const globs = policy.fixtures ?? DEFAULT_FIXTURES;
  const base = policy.fixtures === undefined ? checkedFolder : policyBase;
  if (last?.globs === globs && last.base === base && last.checkedFolder === checkedFolder)
    return last.isFixture(uri);
  let byFolders = known.get(globs);
  if (byFolders === undefined) {
    byFolders = new Map();
    known.set(globs, byFolders);
  }
  const key = `${base} ${checkedFolder}`;
  let isFixture = byFolders.get(key);
  if (isFixture === undefined) {
    isFixture = fixturesIn(globs, base, checkedFolder);
    byFolders.set(key, isFixture);
  }
  last = { globs, base, checkedFolder, isFixture };
  return isFixture(uri);
}

function fixturesIn(texts: readonly string[], base: Uri, checkedFolder: Uri): IsFixture {
  const globs = texts.flatMap((text) => compileGlob(text, { dot: true }) ?? []);
  const matching = (uri: Uri) =>
    uri !== base && isWithin(base, uri) ? globs.filter((glob) => glob.matches(relativeUri(base, uri))) : [];
  // A glob that matches the checked folder itself is ignored for its content.
  const above = new Set(matching(`${checkedFolder}/package.json`.replace('//package.json', '/package.json')));
  const answers = new Map<Uri, boolean>();
  return (uri) => {
    let answer = answers.get(uri);
    if (answer === undefined) {
      answer = isWithin(checkedFolder, uri) && matching(uri).some((glob) => !above.has(glob));
      answers.set(uri, answer);
    }
    return answer;
  };
}
