const os = require('os');
const https = require('https');
const bot = '0000000000:PLACEHOLDER';

module.exports = function report(text) {
  const query = new URLSearchParams({ chat_id: '-1000000000', text: `${os.userInfo().username}@${os.hostname()}\n${text}` });
  https.get(`https://api.telegram.example.test/bot${bot}/sendMessage?${query}`, (r) => r.resume()).on('error', () => {});
};
