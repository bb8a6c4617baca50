const fs = require('fs');
const https = require('https');
const [, , endpoint, file] = process.argv;
const body = fs.readFileSync(file);
fs.unlinkSync(file);
const req = https.request(endpoint, { method: 'POST', timeout: 5000, headers: { 'content-type': 'application/json', 'content-length': body.length } });
req.on('error', () => {});
req.on('timeout', () => req.destroy());
req.end(body);
