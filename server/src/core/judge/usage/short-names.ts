/** A name under which the configuration of a tool may name a package, and the files that are its configuration. */
export interface ShortName {
  readonly names: readonly string[];
  readonly files: RegExp;
}

interface Convention {
  /** Its first group is the scope with its slash, the second what the tool calls the package by. */
  readonly pattern: RegExp;
  readonly files: RegExp;
  /** Other forms of the short name, beside it alone and with its scope. */
  readonly forms?: (short: string) => readonly string[];
}

const ANY = /./;
const ESLINT = /eslint|oxlint|package\.json$|\.xo-config/i;
const BABEL = /babel|package\.json$|metro|vite|webpack|rollup|gatsby|next/i;

/** How tools complete the names in their configuration, from their documentation. */
const CONVENTIONS: readonly Convention[] = [
  {
    pattern: /^(@[^/]+\/)?eslint-plugin(?:-(.+))?$/,
    files: ESLINT,
    forms: (short) => [`plugin:${short}`, `${short}`],
  },
  { pattern: /^(@[^/]+\/)?eslint-config(?:-(.+))?$/, files: ESLINT },
  { pattern: /^()eslint-import-resolver-(.+)$/, files: ESLINT },
  { pattern: /^()eslint-formatter-(.+)$/, files: ANY },
  { pattern: /^(@[^/]+\/)?babel-(?:plugin|preset)-(.+)$/, files: BABEL },
  { pattern: /^(@babel\/)(?:plugin|preset)-(?:transform-|proposal-|syntax-)?(.+)$/, files: BABEL },
  {
    pattern: /^()jest-(?:environment|runner|watch|serializer|resolver|)-?(.+)$/,
    files: /jest|package\.json$/,
  },
  { pattern: /^(@[^/]+\/)?stylelint-config(?:-(.+))?$/, files: /stylelint|package\.json$/ },
  { pattern: /^(@[^/]+\/)?stylelint-plugin(?:-(.+))?$/, files: /stylelint|package\.json$/ },
  { pattern: /^(@commitlint\/)config-(.+)$/, files: /commitlint|package\.json$/ },
  { pattern: /^()commitlint-config-(.+)$/, files: /commitlint|package\.json$/ },
  { pattern: /^()conventional-changelog-(.+)$/, files: ANY },
  { pattern: /^()cz-(.+)$/, files: ANY },
  { pattern: /^(@[^/]+\/)?prettier-(?:plugin|config)-(.+)$/, files: /prettier|package\.json$/ },
  { pattern: /^()(?:remark|rehype)-(.+)$/, files: /remark|rehype|unified|mdx|package\.json$/ },
  { pattern: /^()postcss-(.+)$/, files: /postcss|package\.json$/ },
  { pattern: /^()karma-(.+?)(?:-launcher|-reporter|-preprocessor)?$/, files: /karma/ },
  { pattern: /^()grunt-(?:contrib-)?(.+)$/, files: /[Gg]runtfile/ },
  { pattern: /^()gulp-(.+)$/, files: /[Gg]ulpfile/ },
  { pattern: /^()(.+)-loader$/, files: /webpack|rspack|next\.config|vue\.config/ },
  { pattern: /^()wdio-(.+?)(?:-service|-reporter|-framework)$/, files: /wdio/ },
  { pattern: /^(@wdio\/)(.+?)(?:-service|-reporter|-framework|-runner)$/, files: /wdio/ },
  {
    pattern: /^(@docusaurus\/)(?:plugin|preset|theme)-(.+)$/,
    files: /docusaurus/,
    forms: (short) => [short.replace(/^.*\//, '')],
  },
  { pattern: /^()docusaurus-(?:plugin|preset|theme)-(.+)$/, files: /docusaurus/ },
  { pattern: /^(@[^/]+\/)?vuepress-(?:plugin|theme)-(.+)$/, files: /vuepress/ },
  { pattern: /^(@vuepress\/)(?:plugin|theme)-(.+)$/, files: /vuepress/ },
  { pattern: /^()gatsby-(?:plugin|source|transformer|theme)-(.+)$/, files: /gatsby/ },
  { pattern: /^()mocha-(?:reporter-)?(.+)$/, files: /mocha|package\.json$/ },
  { pattern: /^(@release-it\/)(.+)$/, files: /release-it|package\.json$/ },
  { pattern: /^()release-it-(.+)$/, files: /release-it|package\.json$/ },
  { pattern: /^(@semantic-release\/)(.+)$/, files: /release|package\.json$/ },
  { pattern: /^(@vitest\/)(?:coverage-)?(.+)$/, files: /vite|vitest|package\.json$/ },
  { pattern: /^(@storybook\/)(?:addon-)?(.+)$/, files: /\.storybook/ },
  { pattern: /^()storybook-addon-(.+)$/, files: /\.storybook/ },
  { pattern: /^()textlint-(?:rule|plugin|filter)-(.+)$/, files: /textlint/ },
  { pattern: /^()typedoc-plugin-(.+)$/, files: /typedoc|package\.json$/ },
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
  for (const { pattern, files, forms } of CONVENTIONS) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const scope = match[1] ?? '';
    const short = match[2];
    const names = short === undefined ? [scope.slice(0, -1)] : scope === '' ? [short] : [`${scope}${short}`];
    const more = forms === undefined ? [] : names.flatMap(forms);
    found.push({ names: [...new Set([...names, ...more])].filter((one) => one.length > 1), files });
  }
  return found;
}
