/** The readers that need a YAML or TOML parser: a separate module, loaded only when such a file is found. */

export { readCompose } from './automation/read-compose.ts';
export { readGitlab } from './automation/read-gitlab.ts';
export { readLefthook } from './automation/read-lefthook.ts';
export { readAzure, readCircle } from './automation/read-pipelines.ts';
export { readWorkflow } from './automation/read-workflow.ts';
export { readDependabot } from './config/bots/read-dependabot.ts';
export { readBunfig } from './config/bun/read-bunfig.ts';
export { readPnpmWorkspace } from './config/pnpm/read-pnpm-workspace.ts';
export { readFallbackYarnrc } from './config/yarn/read-fallback-yarnrc.ts';
export { readYarnrc } from './config/yarn/read-yarnrc.ts';
export { readOsvScanner } from './policy-file/import/read-osv-scanner.ts';
