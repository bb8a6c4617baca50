/**
 * Runs a registry on loopback for the benchmark, in a separate process. Its documents are created before it listens,
 * and each answer is delayed by the milliseconds in the first argument. Prints its URL.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { largePackument } from './large-packument.ts';

const latency = Number(process.argv[2]);
const count = Number(process.argv[3]);

/** Between 10 and 200 versions, most packages with few. */
const documents = new Map<string, Buffer>();
for (let at = 0; at < count; at++) {
  const name = `package-${at}`;
  const versions = 10 + Math.floor(190 * (((at * 37) % 100) / 100) ** 2);
  documents.set(`/${name}`, gzipSync(JSON.stringify(largePackument({ name, versions }))));
}

const server = createServer(({ url }, response) => {
  setTimeout(() => {
    const document = documents.get(url ?? '');
    if (document === undefined) return response.writeHead(404).end('{}');
    return response
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', etag: '"1"' })
      .end(document);
  }, latency);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
