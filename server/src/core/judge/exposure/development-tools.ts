/**
 * Packages used to build, check, test, document or publish a project, by package name. The criterion: by its own
 * description no server and no page loads it while the project runs. This excludes frameworks that serve requests
 * (next, nuxt, @remix-run/*), tools that start servers (ts-node) or drive browsers beyond tests (playwright), and
 * naming conventions that packages loaded in production share (`@grpc/proto-loader` ends in `-loader`). The list is our
 * own: neither lockfiles nor registries have this information.
 */
const NAMES: ReadonlySet<string> = new Set(
  [
    // bundlers, their servers and plugins
    'browserify budo esbuild microbundle parcel parcel-bundler rolldown rollup snowpack tsup vite watchify',
    'webpack webpack-bundle-analyzer webpack-cli webpack-dev-middleware webpack-dev-server webpack-hot-middleware',
    'babel-loader cache-loader css-loader eslint-loader file-loader html-loader less-loader postcss-loader raw-loader',
    'resolve-url-loader sass-loader source-map-loader style-loader swc-loader thread-loader ts-loader url-loader',
    'vue-loader worker-loader mini-css-extract-plugin react-app-rewired react-dev-utils react-scripts workbox-build',
    // compilers and minifiers
    'autoprefixer babel-cli babel-core babel-eslint babel-jest babel-register buble cssnano node-gyp node-sass',
    'postcss-cli purgecss sass sass-embedded svgo tailwindcss terser typescript uglify-es uglify-js unocss vue-tsc',
    'google-closure-compiler metro-react-native-babel-preset',
    // static sites and documentation
    'broken-link-checker docsify-cli documentation docusaurus gatsby gatsby-cli hexo-cli jsdoc jsdoc-to-markdown typedoc vuepress',
    // linters and formatters
    'alex commitlint csslint dependency-cruiser depcheck dtslint eslint htmlhint jshint jslint knip lint-staged madge',
    'markdownlint-cli markdownlint-cli2 prettier pretty-quick publint semistandard standard stylelint tsd tslint',
    'typescript-eslint xo',
    // test runners, coverage and test doubles
    'ava c8 chai codecov coveralls cucumber cypress enzyme jasmine jasmine-core jest jest-circus jest-cli',
    'jest-fetch-mock jest-light-runner karma mocha nightwatch nock nyc protractor proxyquire qunit rewire sinon',
    'lighthouse size-limit start-server-and-test storybook supertest tap tape testem ts-jest vitest vue-jest web-ext',
    // task runners, hooks and workspaces
    'bower concurrently cross-env ember-cli grunt grunt-cli gulp gulp-cli husky lerna lerna-changelog nodemon',
    'npm-run-all npm-run-all2 nx onchange patch-package pre-commit turbo wireit',
    // scaffolding, releases and deployments
    'all-contributors-cli commitizen create-react-app electron-builder electron-packager firebase-tools gh-pages',
    'netlify-cli np npm-check-updates oclif ovsx pkg pkg-pr-new plop release-it semantic-release serverless',
    'standard-version vercel vsce wrangler yo',
    '@angular/build @angular/cli @angular/compiler-cli @microsoft/api-documenter @microsoft/api-extractor',
    '@microsoft/rush @npmcli/template-oss @nuxt/types @nuxt/typescript-build @nuxtjs/eslint-module @nuxtjs/storybook',
    '@nuxtjs/stylelint-module @oclif/dev-cli @playwright/test @react-native/babel-preset @svgr/cli @svgr/rollup',
    '@rushstack/heft @svgr/webpack @teambit/bit @vscode/vsce @vue/cli @vue/cli-service @vue/test-utils @yao-pkg/pkg',
  ].flatMap((line) => line.split(' ')),
);

/** Scopes that contain only tools, except for the following. */
const SCOPES: ReadonlySet<string> = new Set(
  [
    '@angular-devkit @angular-eslint @babel @changesets @commitlint @cucumber @cypress @docusaurus @electron-forge @eslint',
    '@graphql-codegen @jest @lerna @lhci @ngtools @nx @parcel @release-it @rollup @rsbuild @rspack @semantic-release',
    '@size-limit @storybook @stryker-mutator @swc @testing-library @types @typescript-eslint @unocss @vitejs @vitest',
    '@vuepress @wdio @web @webpack-cli',
  ].flatMap((line) => line.split(' ')),
);

/** Imported by the output of compilers in those scopes. */
const SHIPPED: ReadonlySet<string> = new Set([
  ...[
    '@babel/polyfill',
    '@babel/runtime',
    '@babel/runtime-corejs2',
    '@babel/runtime-corejs3',
    '@babel/standalone',
  ],
  '@swc/helpers',
]);

/**
 * Plugins and configurations are named after the tool that loads them by that name, also with a scope such as `@acme/`.
 */
const PLUGINS =
  /^(?:@[^/]+\/)?(?:babel-(?:plugin|preset)|eslint-(?:config|formatter|import-resolver|plugin)|esbuild-plugin|gatsby-(?:plugin|remark|source|transformer)|grunt|gulp|istanbul|jest-(?:environment|preset|runner|serializer|watch)|karma|mocha|parcel-plugin|prettier-(?:config|plugin)|rollup-plugin|semantic-release|stylelint|tslint|unplugin|vite-plugin|vue-cli-plugin)-|^@[^/]+\/(?:babel-(?:plugin|preset)|eslint-(?:config|plugin)|prettier-config|stylelint-config)$|-webpack-plugin$/;

/** Checks whether the package with a public name is a development tool. */
export function isDevelopmentTool(name: string): boolean {
  if (NAMES.has(name)) return true;
  const isOfScope = name.startsWith('@') && SCOPES.has(name.slice(0, name.indexOf('/')));
  return (isOfScope && !SHIPPED.has(name)) || PLUGINS.test(name);
}
