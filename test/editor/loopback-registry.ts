import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a registry on loopback that has each package in versions 1.0.0 and 1.2.0.
 * @param allowedOrigin of pages that may read its answers
 * @param asked gets each name that it is asked for
 */
export async function startRegistry(allowedOrigin: string | undefined, asked: string[]) {
  const server = createServer(({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1));
    asked.push(name);
    const version = (number: string) => ({ name, version: number, license: 'MIT', dist: {} });
    const versions = { '1.0.0': version('1.0.0'), '1.2.0': version('1.2.0') };
    const time = { '1.0.0': '2020-01-01T00:00:00.000Z', '1.2.0': '2021-01-01T00:00:00.000Z' };
    const origin = allowedOrigin === undefined ? {} : { 'access-control-allow-origin': allowedOrigin };
    response.writeHead(200, { 'content-type': 'application/json', ...origin });
    response.end(JSON.stringify({ name, 'dist-tags': { latest: '1.2.0' }, time, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}
