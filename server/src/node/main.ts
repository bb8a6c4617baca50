import { VERSION } from './cli/version.ts';
import { startServer } from './start-server.ts';

const TRANSPORTS = /^--(?:stdio|node-ipc|pipe|socket)(?:=|$)/;

if (process.argv.some((argument) => TRANSPORTS.test(argument))) {
  startServer(VERSION);
} else {
  process.stderr.write('This is a language server for editors; start it with --stdio or --node-ipc.\n');
  process.exitCode = 2;
}
