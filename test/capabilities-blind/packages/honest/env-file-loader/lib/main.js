const fs = require('fs');
const path = require('path');
const os = require('os');
const crypto = require('crypto');

const LINE = /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/mg;

function parse(src) {
  const obj = {};
  const lines = src.toString().replace(/\r\n?/mg, '\n');
  let match;
  while ((match = LINE.exec(lines)) != null) {
    let value = (match[2] || '').trim();
    const quote = value[0];
    value = value.replace(/^(['"`])([\s\S]*)\1$/mg, '$2');
    if (quote === '"') value = value.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    obj[match[1]] = value;
  }
  return obj;
}

function decrypt(encrypted, keyStr) {
  const key = Buffer.from(keyStr.slice(-64), 'hex');
  let ciphertext = Buffer.from(encrypted, 'base64');
  const nonce = ciphertext.subarray(0, 12);
  const authTag = ciphertext.subarray(-16);
  ciphertext = ciphertext.subarray(12, -16);
  const aes = crypto.createDecipheriv('aes-256-gcm', key, nonce);
  aes.setAuthTag(authTag);
  return `${aes.update(ciphertext)}${aes.final()}`;
}

function config(options = {}) {
  const vault = path.resolve(process.cwd(), '.env.vault');
  const key = process.env.DOTENV_KEY;
  let parsed;
  if (key && fs.existsSync(vault)) {
    const uri = new URL(key);
    const name = `DOTENV_VAULT_${uri.searchParams.get('environment').toUpperCase()}`;
    parsed = parse(decrypt(parse(fs.readFileSync(vault))[name], uri.password));
  } else {
    const file = (options.path || path.resolve(process.cwd(), '.env')).replace(/^~/, os.homedir());
    try {
      parsed = parse(fs.readFileSync(file, { encoding: options.encoding || 'utf8' }));
    } catch (error) {
      return { error };
    }
  }
  for (const name of Object.keys(parsed)) if (options.override || !Object.prototype.hasOwnProperty.call(process.env, name)) process.env[name] = parsed[name];
  return { parsed };
}

module.exports = { config, parse, decrypt };
