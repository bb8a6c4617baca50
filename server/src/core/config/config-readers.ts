/** The readers that need a parser of YAML or TOML: a module of its own, loaded where such a file is found. */

export { readOsvScanner } from '../policy/import/read-osv-scanner.ts';
export { readBunfig } from './bun/read-bunfig.ts';
export { readPnpmWorkspace } from './pnpm/read-pnpm-workspace.ts';
export { readFallbackYarnrc } from './yarn/read-fallback-yarnrc.ts';
export { readYarnrc } from './yarn/read-yarnrc.ts';
