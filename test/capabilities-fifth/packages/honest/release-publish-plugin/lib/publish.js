import path from 'node:path';
import { execa } from 'execa';

export default async function publish(npmrc, { npmPublish, pkgRoot, tarballDir }, pkg, { cwd, env, stdout, stderr, nextRelease: { version, channel }, logger }) {
  const basePath = pkgRoot ? path.resolve(cwd, pkgRoot) : cwd;
  if (npmPublish === false || pkg.private === true) {
    logger.log(`Skip publishing to npm registry as npmPublish is ${npmPublish}`);
    return false;
  }
  const distTag = channel ?? 'latest';
  logger.log(`Publishing version ${version} to npm registry on dist-tag ${distTag}`);
  if (tarballDir) await execa('npm', ['pack', basePath], { cwd, env });
  const result = execa('npm', ['publish', basePath, '--userconfig', npmrc, '--tag', distTag], { cwd, env, preferLocal: true });
  result.stdout.pipe(stdout, { end: false });
  result.stderr.pipe(stderr, { end: false });
  await result;
  return { name: `npm package (@${distTag} dist-tag)`, channel: distTag };
}
