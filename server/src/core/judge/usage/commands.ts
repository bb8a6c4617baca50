/** Commands of packages that are not called like them, for those that are not installed and whose lockfile has no commands. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  typescript: ['tsc', 'tsserver'],
  '@typescript/native-preview': ['tsgo'],
  '@angular/cli': ['ng'],
  '@nestjs/cli': ['nest'],
  '@vue/cli-service': ['vue-cli-service'],
  '@changesets/cli': ['changeset'],
  '@commitlint/cli': ['commitlint'],
  '@babel/cli': ['babel'],
  '@babel/node': ['babel-node'],
  '@tailwindcss/cli': ['tailwindcss'],
  '@graphql-codegen/cli': ['graphql-codegen', 'graphql-code-generator', 'gql-gen'],
  '@sentry/cli': ['sentry-cli'],
  '@swc/cli': ['swc', 'swcx', 'spack'],
  '@storybook/cli': ['storybook', 'sb'],
  '@docusaurus/core': ['docusaurus'],
  '@ionic/cli': ['ionic'],
  '@capacitor/cli': ['cap', 'capacitor'],
  '@arethetypeswrong/cli': ['attw'],
  '@vscode/test-cli': ['vscode-test'],
  '@sveltejs/kit': ['svelte-kit'],
  '@sveltejs/package': ['svelte-package'],
  '@playwright/test': ['playwright'],
  '@electron-forge/cli': ['electron-forge'],
  '@formatjs/cli': ['formatjs'],
  '@lingui/cli': ['lingui'],
  '@mikro-orm/cli': ['mikro-orm'],
  '@redocly/cli': ['redocly', 'openapi'],
  '@web/dev-server': ['wds', 'web-dev-server'],
  '@web/test-runner': ['wtr', 'web-test-runner'],
  '@wdio/cli': ['wdio'],
  '@size-limit/cli': ['size-limit'],
  'npm-run-all': ['run-s', 'run-p'],
  'npm-run-all2': ['npm-run-all', 'run-s', 'run-p'],
  'cross-env': ['cross-env-shell'],
  copyfiles: ['copyup'],
  mocha: ['_mocha'],
  'uglify-js': ['uglifyjs'],
  less: ['lessc'],
  concurrently: ['conc'],
  'http-server': ['hs'],
  'ts-node': ['ts-node-esm', 'ts-node-script', 'ts-node-transpile-only'],
  'ts-node-dev': ['tsnd'],
  '@lhci/cli': ['lhci'],
  husky: ['husky-run'],
  prisma: ['prisma2'],
  typeorm: ['typeorm-ts-node-commonjs', 'typeorm-ts-node-esm'],
  '@marko/cli': ['marko'],
  'start-server-and-test': ['server-test', 'start-test'],
  'npm-check-updates': ['ncu'],
  commitizen: ['cz', 'git-cz'],
  'dependency-cruiser': ['depcruise', 'dependency-cruise'],
};

/** Returns the commands that a package adds, if neither its folder nor the lockfile has them. */
export function likelyCommands(name: string): readonly string[] {
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (Object.hasOwn(COMMANDS, name)) return [...COMMANDS[name]!, own];
  // `remix-serve` of `@remix-run/serve`, and `napi` of `@napi-rs/cli`
  const scoped = scopeWords(name).map((word) => `${word}-${own}`);
  if (name.startsWith('@') && KINDS.test(own))
    return own === 'cli' || own === 'cmd' ? [...scoped, ...scopeWords(name)] : scoped;
  return [...scoped, ...(own.endsWith('-cli') ? [own, own.slice(0, -4)] : [own])];
}

/** Checks for a package whose commands Node.js brings as well, so that running them uses nothing of the project. */
export function comesWithNode(name: string): boolean {
  return /^(?:npm|corepack)$/.test(name);
}

/** Parts of names that say what kind of package it is. As words of scripts, they are programs and options of others. */
const KINDS =
  /^(?:api|app|bin|build|bundler|cli|client|cmd|code|common|compiler|config|core|dev|env|icons|js|kit|lib|main|module|next|node|npm|package|parser|plugin|pnpm|preset|react|run|runner|schema|script|scripts|sdk|server|shared|static|start|test|tool|tools|ts|types?|ui|utils?|vue|web|yarn)$/;

/** Returns the scope, and the words of a name: the command of `@svgr/cli` is `svgr`. */
export function namedAlike(name: string): readonly string[] {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return [...scopeWords(name), ...own.split('-').filter(isTelling)];
}

/** Returns the scope, and its first word: `napi` of `@napi-rs/cli`. */
function scopeWords(name: string): readonly string[] {
  const scope = name.startsWith('@') ? name.slice(1, name.indexOf('/')) : '';
  return [...new Set([scope, scope.split('-')[0]!])].filter(isTelling);
}

function isTelling(word: string): boolean {
  return word.length > 2 && !KINDS.test(word);
}
