/** Everything that makes databases of advisories: a bundle of its own, as it is seldom needed. */
export { replaceFile } from '../files/replace-file.ts';
export { buildFrom } from './build-from.ts';
export { DatabaseProblem } from './database-problem.ts';
export { updateDatabase } from './update-database.ts';
