import {
  asWritten,
  babel,
  builder,
  type CompleteName,
  commitlint,
  docusaurus,
  eslintConfig,
  eslintPlugin,
  eslintResolver,
  inInstalled,
  karma,
  loader,
  ofForm,
  remark,
} from './config-names.ts';
import type { ValuePlace } from './config-values.ts';

/** What a manifest around the configuration declares. */
export interface Declared {
  has(name: string): boolean;
  some(test: (name: string) => boolean): boolean;
  /** Returns the range as written. */
  rangeOf(name: string): string | undefined;
  /** Checks the scripts of the manifest and those above it. */
  runs(command: RegExp): boolean;
}

/** One key of a tool's configuration, whose names are packages that it loads. */
export interface ConfigKey {
  readonly key: string;
  readonly name: (name: string, declared: Declared) => string | undefined | readonly string[];
  readonly places?: readonly ValuePlace[];
  readonly isType?: boolean;
}

/** A tool that loads packages by the names in its configuration. */
export interface ConfigTool {
  readonly files: RegExp;
  /** The field of package.json. */
  readonly field?: string;
  /** Whether the field's value may itself be a name. */
  readonly isName?: boolean;
  /** What shows that the tool runs here, rather than in a place of its own; a declared package. */
  readonly tool?: RegExp;
  readonly keys: readonly ConfigKey[];
}

/** Returns names except those that come with a declared package, whose documentation says so. */
const but =
  (complete: CompleteName, without: RegExp, ...hosts: readonly string[]) =>
  (name: string, declared: Declared): string | undefined => {
    const full = complete(name);
    if (full === undefined || !without.test(full)) return full;
    return hosts.length === 0 || hosts.some((host) => declared.has(host)) ? undefined : full;
  };

const script = (name: string) => new RegExp(`(?:^|/)(?:${name})\\.[cm]?[jt]s$`);
const both = (rc: string, config: string) =>
  new RegExp(
    `(?:^|/)(?:\\.${rc}rc(?:\\.(?:[cm]?[jt]s|json|ya?ml))?|${config}\\.config\\.(?:[cm]?[jt]s|json))$`,
  );

/** Jest came with the environment until version 28. */
const environment: ConfigKey['name'] = (name, declared) => {
  if (name === 'node' || asWritten(name) === undefined) return undefined;
  if (name === 'jsdom') {
    const major = Number(/^[\^~>=v]*(\d+)/.exec(declared.rangeOf('jest') ?? '')?.[1] ?? '0');
    return major >= 28 ? 'jest-environment-jsdom' : undefined;
  }
  return name.startsWith('jest-environment-') || /[/@]/.test(name) ? name : undefined;
};

/** What comes with Jest. */
const OF_JEST =
  /^(?:default|summary|verbose|agent|github-actions|node|jest-(?:circus|jasmine2|runner|environment-node|resolve)|babel-jest|@jest\/reporters)(?:\/|$)/;
const ofJest = but(asWritten, OF_JEST);
const OF_RELEASE = /^@semantic-release\/(?:commit-analyzer|github|npm|release-notes-generator)$/;

/** Of coverage, or of the browser: that package starts it. */
const provider: ConfigKey['name'] = (name, declared) => {
  if (/^(?:playwright|webdriverio)$/.test(name)) return declared.has('@vitest/browser') ? name : undefined;
  return /^(?:v8|istanbul)$/.test(name) && declared.has('vitest') && declared.runs(/--coverage\b/)
    ? `@vitest/coverage-${name}`
    : undefined;
};
const types: ConfigKey['name'] = (name, declared) => {
  if (asWritten(name) === undefined) return undefined;
  if (/[/@]/.test(name) || declared.has(name)) return name;
  return `@types/${name}`;
};

/** The tools and their keys, from their documentation. */
export const CONFIG_TOOLS: readonly ConfigTool[] = [
  {
    files: /(?:^|\/)\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?$/,
    field: 'eslintConfig',
    keys: [
      { key: 'extends', name: but(eslintConfig, /^eslint-config-react-app(?:\/|$)/, 'react-scripts') },
      { key: 'plugins', name: eslintPlugin },
      { key: 'parser', name: asWritten },
      { key: 'import/resolver', name: eslintResolver, places: ['item', 'key'] },
    ],
  },
  {
    files: /(?:^|\/)(?:\.babelrc(?:\.(?:[cm]?js|json))?|babel\.config\.(?:[cm]?[jt]s|json))$/,
    field: 'babel',
    keys: [
      {
        key: 'presets',
        name: but(
          babel('preset'),
          /^(?:babel-preset-expo|@vue\/babel-preset-app)$/,
          'expo',
          '@vue/cli-plugin-babel',
        ),
      },
      { key: 'plugins', name: babel('plugin') },
    ],
  },
  {
    files: /(?:^|\/)jest(?:[.-][\w.-]+)?\.(?:[cm]?[jt]s|json)$/,
    field: 'jest',
    tool: /^(?:jest|jest-cli|ts-jest|react-scripts)$/,
    keys: [
      { key: 'preset', name: ofJest },
      { key: 'testEnvironment', name: environment },
      { key: 'transform', name: ofJest, places: ['property'] },
      { key: 'moduleNameMapper', name: ofJest, places: ['property'] },
      { key: 'setupFiles', name: ofJest },
      { key: 'setupFilesAfterEnv', name: ofJest },
      { key: 'snapshotSerializers', name: ofJest },
      { key: 'reporters', name: ofJest },
      { key: 'testRunner', name: ofForm(/^jest-(?!circus|jasmine2)|\//) },
      { key: 'watchPlugins', name: ofForm(/^jest-watch-|\/jest-watch-/) },
    ],
  },
  {
    files: both('postcss', 'postcss'),
    field: 'postcss',
    keys: [
      { key: 'plugins', name: but(asWritten, /^autoprefixer$/, '@vue/cli-service'), places: ['item', 'key'] },
    ],
  },
  {
    files: both('prettier', 'prettier'),
    field: 'prettier',
    isName: true,
    keys: [{ key: 'plugins', name: asWritten }],
  },
  {
    files: both('stylelint', 'stylelint'),
    field: 'stylelint',
    keys: ['extends', 'plugins', 'processors', 'customSyntax'].map((key) => ({ key, name: asWritten })),
  },
  {
    files: both('commitlint', 'commitlint'),
    field: 'commitlint',
    keys: [{ key: 'extends', name: commitlint }],
  },
  {
    files: script('\\.storybook/main'),
    keys: [
      { key: 'addons', name: asWritten },
      { key: 'framework', name: asWritten },
    ],
  },
  {
    files: script('docusaurus\\.config'),
    keys: ['presets', 'plugins', 'themes'].map((key) => ({ key, name: docusaurus })),
  },
  { files: script('gatsby-config'), keys: [{ key: 'plugins', name: ofForm(/gatsby/) }] },
  {
    files: /(?:^|\/)webpack[\w.-]*\.[cm]?[jt]s$/,
    keys: ['loader', 'loaders', 'use'].map((key) => ({ key, name: loader })),
  },
  {
    files: script('nuxt\\.config'),
    keys: ['modules', 'buildModules'].map((key) => ({ key, name: but(asWritten, /^@nuxt\/devtools$/) })),
  },
  {
    files: script('(?:vite|vitest)(?:\\.[\\w-]+)?\\.config'),
    tool: /^vitest$/,
    keys: [
      { key: 'environment', name: ofForm(/^(?:jsdom|happy-dom)$/) },
      { key: 'provider', name: provider },
    ],
  },
  {
    files: /(?:^|\/)\.mocharc(?:\.(?:[cm]?js|jsonc?|ya?ml))?$/,
    field: 'mocha',
    keys: [{ key: 'require', name: asWritten }],
  },
  {
    files: /(?:^|\/)\.nycrc(?:\.json)?$/,
    field: 'nyc',
    keys: [
      { key: 'extends', name: ofForm(/^@/) },
      { key: 'require', name: asWritten },
    ],
  },
  { files: script('ava\\.config'), field: 'ava', keys: [{ key: 'require', name: asWritten }] },
  {
    files: /(?:^|\/)(?:\.releaserc(?:\.(?:[cm]?js|json|ya?ml))?|release\.config\.[cm]?js)$/,
    field: 'release',
    tool: /^semantic-release$/,
    keys: [
      { key: 'extends', name: asWritten },
      { key: 'plugins', name: but(asWritten, OF_RELEASE) },
    ],
  },
  {
    files: /(?:^|\/)\.release-it\.(?:[cm]?js|json)$/,
    field: 'release-it',
    tool: /^release-it$/,
    keys: [{ key: 'plugins', name: asWritten, places: ['key'] }],
  },
  {
    files: /(?:^|\/)\.remarkrc(?:\.(?:[cm]?js|json|ya?ml))?$/,
    field: 'remarkConfig',
    keys: [{ key: 'plugins', name: remark }],
  },
  { files: script('karma[\\w.-]*'), keys: [{ key: 'plugins', name: karma }] },
  {
    files: /(?:^|\/)angular\.json$/,
    tool: /^@angular\/cli$/,
    keys: [
      { key: 'builder', name: builder },
      { key: 'styles', name: inInstalled },
      { key: 'scripts', name: inInstalled },
    ],
  },
  { files: /(?:^|\/)app\.json$/, tool: /^expo$/, keys: [{ key: 'plugins', name: asWritten }] },
  {
    files: /(?:^|\/)tsconfig(?:\.[\w-]+)?\.json$/,
    keys: [
      { key: 'jsxImportSource', name: asWritten, isType: true },
      { key: 'plugins', name: asWritten, isType: true },
    ],
  },
];

/** The key of types in a tsconfig.json, which names packages with and without their scope. */
export const TYPES_KEY: ConfigKey = { key: 'types', name: types, isType: true };
/** Also the key of what a tsconfig.json extends: a file beside it starts with a dot. */
export const EXTENDS_KEY: ConfigKey = {
  key: 'extends',
  name: (name) => (/^[^/@]+\.json$/.test(name) ? undefined : asWritten(name)),
  isType: true,
};
