#!/usr/bin/env node
const openurl = require('openurl');
const yargs = require('yargs');
const expose = require('../localtunnel');

const { argv } = yargs
  .usage('Usage: expose --port [num] <options>')
  .env(true)
  .option('p', { alias: 'port', describe: 'Internal HTTP server port' })
  .option('h', { alias: 'host', describe: 'Upstream server providing forwarding' })
  .option('o', { alias: 'open', describe: 'Opens the tunnel URL in your browser' })
  .require('port');

(async () => {
  const tunnel = await expose({ port: argv.port, host: argv.host, subdomain: argv.subdomain }).catch(err => {
    throw err;
  });
  tunnel.on('error', err => {
    throw err;
  });
  console.log('your url is: %s', tunnel.url);
  if (argv.open) openurl.open(tunnel.url);
})();
