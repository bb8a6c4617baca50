/*
 * The first file to run, so that an old Node prints one clear line instead of a syntax error. It uses only syntax that
 * every Node can parse, and is bundled on its own; everything else is in cli-main.js beside it.
 */
var OLDEST: readonly [number, number] = [22, 19];
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    'dephygiene: Node ' +
      process.versions.node +
      ' is too old; run it with Node ' +
      OLDEST.join('.') +
      ' or later.\n',
  );
  process.exitCode = 2;
} else {
  require('./compile-cache.js');
  require('./used-code.js');
  require('./cli-main.js').main();
}
