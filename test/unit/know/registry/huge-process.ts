/**
 * Parses packuments of 50 MB in a process with little memory: run with `--max-old-space-size=40`. Prints what was kept.
 * The text is generated while it is read, and never exists as a whole.
 */
import { PACKUMENT } from '../../../../server/src/core/know/registry/documents/packument-kind.ts';

const VERSIONS = 3_000;
const subject = { name: 'huge' };
const reader = PACKUMENT.reader(subject, Date.parse('2026-11-24T12:00:00Z'));

let length = 0;
const write = (text: string) => {
  length += text.length;
  reader.write(text);
};
const ballast = 'A long readme, "quoted" and \\ so on.\n'.repeat(400);
const readme = JSON.stringify(ballast);

write('{"name":"huge","readme":"');
for (let at = 0; at < 1_000; at++) write('x'.repeat(10_000));
write('","versions":{');
for (let at = 0; at < VERSIONS; at++) {
  write(`${at === 0 ? '' : ','}"1.0.${at}":{"name":"huge","version":"1.0.${at}","readme":${readme},`);
  write(`"dependencies":{"a":"^1.${at}.0"},"dist":{"integrity":"sha512-${at}"}}`);
}
write('}}');
const result = reader.end();
if (!('value' in result)) throw new Error(result.problem);
const { versions } = result.value;
const last = [...(versions.get(`1.0.${VERSIONS - 1}`)?.dependencies ?? [])];
console.log(JSON.stringify({ length, versions: versions.size, last }));
