/**
 * Compares the components of `dephygiene sbom` with those of the real npm on the npm folders of the corpus, and prints the
 * table of server/docs/sbom.md. Fails where the sets differ.
 *
 *     node test/sbom/run.ts [npm-cli.js]
 */
import { execFileSync } from 'node:child_process';
import { compareWithNpm, npmProjects } from './npm-sbom.ts';

const [given] = process.argv.slice(2);
const npm = given === undefined ? ['npm'] : [process.execPath, given];
const version = execFileSync(npm[0]!, [...npm.slice(1), '--version'], { encoding: 'utf8' }).trim();

console.log(`| Project | Lockfile | npm ${version} | dephygiene |\n| --- | --- | --- | --- |`);
for (const project of npmProjects()) {
  const { theirs, ours, error } = await compareWithNpm(project, npm);
  const row = (cell: string) =>
    console.log(`| ${project.name} | ${project.version} | ${cell} | ${ours.size} components |`);
  if (theirs === undefined) {
    row(error.replace(/^npm error /, '').replaceAll('|', '\\|'));
    continue;
  }
  const missing = [...theirs].filter((each) => !ours.has(each));
  const added = [...ours].filter((each) => !theirs.has(each));
  row(missing.length + added.length === 0 ? 'the same' : `only npm: ${missing}; only we: ${added}`);
  if (missing.length + added.length > 0) process.exitCode = 1;
}
