/** What a tool loads by default when a command calls it. */
export interface ToolFiles {
  /**
   * Names of files in the folder of the command, optionally with a folder; `*` matches part of a name. `a.config` and
   * `a.*` match any extension of code or data, `.arc` also none.
   */
  readonly names: readonly string[];
  /** Fields of package.json. */
  readonly fields?: readonly string[];
  /** Whether parent folders are searched as well, up to the project's. */
  readonly isUpward?: true;
  /** The option without which none is loaded. */
  readonly option?: RegExp;
  /** Whether it reads the fields of all members. */
  readonly isOfMembers?: true;
}

const VITE = ['vite.config', 'postcss.config', '.postcssrc', 'tailwind.config'];
const WEBPACK = ['webpack.config', 'webpackfile.js', 'babel.config', '.babelrc', 'postcss.config'];
const TYPESCRIPT: ToolFiles = { names: ['tsconfig*.json'] };
const BABEL: ToolFiles = { names: ['babel.config', '.babelrc'], fields: ['babel'], isUpward: true };
const DENO: ToolFiles = { names: ['deno.json', 'deno.jsonc'], isUpward: true };

/**
 * Configuration that runs as code, or that names code or commands, by the program that reads it. Excludes configuration
 * that only affects compiling or linting. Source: the documentation of each tool.
 */
export const TOOL_FILES: ReadonlyMap<string, ToolFiles> = new Map<string, ToolFiles>([
  ['rollup', { names: ['rollup.config'], option: /^(?:-\w*c\w*|--config.*)$/ }],
  ['rolldown', { names: ['rolldown.config'] }],
  ['webpack', { names: WEBPACK }],
  ['webpack-cli', { names: WEBPACK }],
  ['rspack', { names: ['rspack.config'] }],
  ['rsbuild', { names: ['rsbuild.config'] }],
  ['rslib', { names: ['rslib.config'] }],
  ['vite', { names: VITE }],
  ['vitest', { names: ['vitest.config', 'vitest.workspace.*', ...VITE] }],
  ['vitepress', { names: ['.vitepress/config.*', 'docs/.vitepress/config.*', ...VITE] }],
  ['tsup', { names: ['tsup.config'], fields: ['tsup'] }],
  ['tsdown', { names: ['tsdown.config'], fields: ['tsdown'] }],
  ['unbuild', { names: ['build.config'], fields: ['unbuild'] }],
  ['ts-node', TYPESCRIPT],
  ['ts-node-esm', TYPESCRIPT],
  ['ts-node-script', TYPESCRIPT],
  ['ttsc', TYPESCRIPT],
  ['tspc', TYPESCRIPT],
  ['babel', BABEL],
  ['babel-node', BABEL],
  ['swc', { names: ['.swcrc'] }],
  ['parcel', { names: ['.parcelrc', '.posthtmlrc', 'posthtml.config', '.postcssrc', 'postcss.config'] }],
  ['postcss', { names: ['postcss.config', '.postcssrc'], fields: ['postcss'] }],
  ['tailwindcss', { names: ['tailwind.config'] }],
  ['gulp', { names: ['gulpfile.*', 'gulpfile.babel.*'] }],
  ['grunt', { names: ['gruntfile.*'] }],
  ['nuxt', { names: ['nuxt.config', 'modules/*.*'] }],
  ['nuxi', { names: ['nuxt.config', 'modules/*.*'] }],
  ['nuxt-module-build', { names: ['build.config', 'playground/nuxt.config.*'] }],
  ['next', { names: ['next.config', 'postcss.config', '.babelrc'] }],
  ['astro', { names: ['astro.config', ...VITE] }],
  ['svelte-kit', { names: ['svelte.config', ...VITE] }],
  ['remix', { names: ['remix.config', ...VITE] }],
  ['react-router', { names: ['react-router.config', ...VITE] }],
  ['gatsby', { names: ['gatsby-config.*', 'gatsby-node.*'] }],
  ['docusaurus', { names: ['docusaurus.config', 'sidebars.*'] }],
  ['wxt', { names: ['wxt.config'] }],
  ['plasmo', { names: ['.plasmorc'] }],
  ['panda', { names: ['panda.config'] }],
  ['fumadocs-mdx', { names: ['source.config'] }],
  [
    'prisma',
    {
      names: ['prisma.config', 'prisma/*.prisma', 'schema.prisma', 'prisma/schema/*.prisma'],
      fields: ['prisma'],
    },
  ],
  ['drizzle-kit', { names: ['drizzle.config'] }],
  ['graphql-codegen', { names: ['codegen.*', 'graphql.config', '.graphqlrc'] }],
  ['relay-compiler', { names: ['relay.config'] }],
  ['lingui', { names: ['lingui.config'] }],
  [
    'lint-staged',
    { names: ['lint-staged.config', '.lintstagedrc'], fields: ['lint-staged'], isUpward: true },
  ],
  // None of the hooks it sets up runs during an install.
  ['simple-git-hooks', { names: ['simple-git-hooks.*js', '.simple-git-hooks.*js'] }],
  ['electron-builder', { names: ['electron-builder.config'] }],
  ['electron-vite', { names: ['electron.vite.config'] }],
  ['electron-forge', { names: ['forge.config'] }],
  ['wireit', { names: [], fields: ['wireit'] }],
  ['nx', { names: [], fields: ['nx'], isOfMembers: true }],
  ['turbo', { names: [] }],
  ['lerna', { names: ['lerna.json'] }],
  ['deno', DENO],
  ['jest', { names: ['jest.config', 'babel.config', '.babelrc'], fields: ['jest'] }],
  ['mocha', { names: ['.mocharc'], fields: ['mocha'] }],
  ['ava', { names: ['ava.config'], fields: ['ava'] }],
  ['karma', { names: ['karma.conf.*'] }],
  ['jasmine', { names: ['spec/support/jasmine.*'] }],
  ['storybook', { names: ['.storybook/main.*', '.storybook/preview.*'] }],
  ['eslint', { names: ['eslint.config', '.eslintrc'], fields: ['eslintConfig'], isUpward: true }],
  ['xo', { names: ['xo.config', '.xo-config'], fields: ['xo'], isUpward: true }],
  ['stylelint', { names: ['stylelint.config', '.stylelintrc'], isUpward: true }],
  ['prettier', { names: ['prettier.config', '.prettierrc'], isUpward: true }],
  ['typedoc', { names: ['typedoc.*', 'typedoc.config'] }],
  ['size-limit', { names: ['.size-limit.*'], fields: ['size-limit'] }],
  ['semantic-release', { names: ['release.config', '.releaserc'], fields: ['release'] }],
]);

/**
 * The fields of package.json that any of the tools reads, and `imports`, which Node.js reads for the modules it loads.
 */
export const TOOL_FIELDS: readonly string[] = [
  ...new Set(['imports', ...[...TOOL_FILES.values()].flatMap(({ fields = [] }) => fields)]),
];
