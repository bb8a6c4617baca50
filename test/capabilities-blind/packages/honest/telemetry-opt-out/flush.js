'use strict';
const fs = require('fs');
const https = require('https');
const file = process.argv[2];
const body = fs.readFileSync(file);
const req = https.request('https://telemetry.sitegen.example.test/api/v1/record', { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length }, timeout: 5000 }, (res) => {
  res.resume();
  res.on('end', () => fs.unlinkSync(file));
});
req.on('error', () => fs.unlink(file, () => {}));
req.end(body);
