/** A name under which the configuration of a tool may name a package, and the files that are its configuration. */
export interface ShortName {
  readonly names: readonly string[];
  /** Also of the fields of package.json. */
  readonly files: RegExp;
  readonly isKey: boolean;
  /** Where the name stands for something else. */
  readonly elsewhere: RegExp | undefined;
}

interface Convention {
  /** Its first group is the scope with its slash, the second what the tool calls the package by. */
  readonly pattern: RegExp;
  readonly files: RegExp;
  /** Whether the tool also takes it as a key of an object, which needs no quotes. */
  readonly isKey?: boolean;
  /** Other forms of the short name, beside it alone and with its scope. */
  readonly forms?: (short: string) => readonly string[];
  /** Parts of a configuration in which the same short name stands for another package. */
  readonly elsewhere?: RegExp;
}

const ANY = /./;
const ESLINT = /eslint|oxlint|^xo$|\.xo-config/i;
/** Lists of plugins, in JSON, scripts and YAML, and keys in quotes: rules and settings of plugins. */
const PLUGINS_AND_KEYS =
  /["']?\bplugins["']?[ \t]*:(?:\s*\[[^[\]]*\]|[ \t]*(?:\r?\n[ \t]*-[^\n]*)+)|(?<=[{,]\s*)(?:"[^"\n]*"|'[^'\n]*')[ \t]*(?=:)/g;
const BABEL = /babel|metro|vite|webpack|rollup|gatsby|next/i;

/** How tools complete the names in their configuration, from their documentation. */
const CONVENTIONS: readonly Convention[] = [
  {
    pattern: /^(@[^/]+\/)?eslint-plugin(?:-(.+))?$/,
    files: ESLINT,
    forms: (short) => [`plugin:${short}`, `${short}`],
  },
  { pattern: /^(@[^/]+\/)?eslint-config(?:-(.+))?$/, files: ESLINT, elsewhere: PLUGINS_AND_KEYS },
  { pattern: /^()eslint-import-resolver-(.+)$/, files: ESLINT, isKey: true },
  { pattern: /^()eslint-formatter-(.+)$/, files: ANY },
  { pattern: /^(@[^/]+\/)?babel-(?:plugin|preset)-(.+)$/, files: BABEL },
  { pattern: /^(@babel\/)(?:plugin|preset)-(.+)$/, files: BABEL },
  {
    pattern: /^()jest-(?:environment|runner|watch|serializer|resolver|)-?(.+)$/,
    files: /jest/,
  },
  { pattern: /^(@[^/]+\/)?stylelint-config(?:-(.+))?$/, files: /stylelint/ },
  { pattern: /^(@[^/]+\/)?stylelint-plugin(?:-(.+))?$/, files: /stylelint/ },
  { pattern: /^(@commitlint\/)config-(.+)$/, files: /commitlint/ },
  { pattern: /^()commitlint-config-(.+)$/, files: /commitlint/ },
  { pattern: /^()conventional-changelog-(.+)$/, files: ANY },
  { pattern: /^()cz-(.+)$/, files: ANY },
  { pattern: /^(@[^/]+\/)?prettier-(?:plugin|config)-(.+)$/, files: /prettier/ },
  { pattern: /^()(?:remark|rehype)-(.+)$/, files: /remark|rehype|unified|mdx/ },
  { pattern: /^()postcss-(.+)$/, files: /postcss/ },
  { pattern: /^()karma-(.+?)(?:-launcher|-reporter|-preprocessor)?$/, files: /karma/ },
  { pattern: /^()grunt-(?:contrib-)?(.+)$/, files: /[Gg]runtfile/ },
  { pattern: /^()gulp-(.+)$/, files: /[Gg]ulpfile/ },
  { pattern: /^()(.+)-loader$/, files: /webpack|rspack|next\.config|vue\.config/ },
  { pattern: /^()wdio-(.+?)(?:-service|-reporter|-framework)$/, files: /wdio/ },
  { pattern: /^()@wdio\/(.+?)(?:-service|-reporter|-framework|-runner)$/, files: /wdio/ },
  {
    pattern: /^(@docusaurus\/)(?:plugin|preset|theme)-(.+)$/,
    files: /docusaurus/,
    forms: (short) => [short.replace(/^.*\//, '')],
  },
  { pattern: /^()docusaurus-(?:plugin|preset|theme)-(.+)$/, files: /docusaurus/ },
  { pattern: /^(@[^/]+\/)?vuepress-(?:plugin|theme)-(.+)$/, files: /vuepress/ },
  { pattern: /^(@vuepress\/)(?:plugin|theme)-(.+)$/, files: /vuepress/ },
  { pattern: /^()gatsby-(?:plugin|source|transformer|theme)-(.+)$/, files: /gatsby/ },
  { pattern: /^()mocha-(?:reporter-)?(.+)$/, files: /mocha/ },
  { pattern: /^(@release-it\/)(.+)$/, files: /release-it/ },
  { pattern: /^()release-it-(.+)$/, files: /release-it/ },
  { pattern: /^(@semantic-release\/)(.+)$/, files: /release/ },
  { pattern: /^(@vitest\/)(?:coverage-)?(.+)$/, files: /vite|vitest/ },
  { pattern: /^(@storybook\/)(?:addon-)?(.+)$/, files: /\.storybook/ },
  { pattern: /^()storybook-addon-(.+)$/, files: /\.storybook/ },
  { pattern: /^()textlint-(?:rule|plugin|filter)-(.+)$/, files: /textlint/ },
  { pattern: /^()typedoc-plugin-(.+)$/, files: /typedoc/ },
  { pattern: /^()htmlhint-(.+)$/, files: ANY },
  {
    pattern: /^(@graphql-codegen\/)(.+?)(?:-preset)?$/,
    files: /codegen|graphqlrc|graphql\.config/,
    forms: (short) => [short.replace(/^.*\//, '')],
  },
];

/** Returns the short names that configuration may use for a package. */
export function shortNamesOf(name: string): readonly ShortName[] {
  const found: ShortName[] = [];
  for (const { pattern, files, forms, isKey = false, elsewhere } of CONVENTIONS) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const scope = match[1] ?? '';
    const short = match[2];
    const names = short === undefined ? [scope.slice(0, -1)] : scope === '' ? [short] : [`${scope}${short}`];
    const more = forms === undefined ? [] : names.flatMap(forms);
    const all = [...new Set([...names, ...more])].filter((one) => one.length > 1);
    found.push({ names: all, files, isKey, elsewhere });
  }
  return found;
}
